// What the page can do when scripts run: copy a quotation, fold all, filter evidence. Nothing is hidden without it.

export const SCRIPT = `'use strict';
(() => {
  const make = (tag, text, label) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (label) element.setAttribute('aria-label', label);
    return element;
  };
  const said = make('p', '');
  said.className = 'said-aloud';
  said.setAttribute('role', 'status');
  document.body.append(said);
  const copy = async (block, button) => {
    try {
      await navigator.clipboard.writeText(block.textContent);
      said.textContent = button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(block);
      said.textContent = button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  };
  for (const block of document.querySelectorAll('pre')) {
    const button = make('button', 'Copy');
    button.type = 'button';
    button.className = 'copy';
    button.addEventListener('click', () => copy(block, button));
    block.before(button);
  }
  const findings = document.querySelector('#findings > .body');
  if (!findings) return;
  const bar = make('div', '');
  bar.className = 'tools';
  const label = make('label', 'Filter evidence ');
  const field = make('input', '');
  field.type = 'search';
  label.append(field);
  const fold = make('button', 'Open all');
  fold.type = 'button';
  const shown = make('span', '');
  shown.setAttribute('role', 'status');
  bar.append(label, fold, shown);
  findings.prepend(bar);
  const details = () => findings.querySelectorAll('details');
  fold.addEventListener('click', () => {
    const open = fold.textContent === 'Open all';
    for (const one of details()) one.open = open;
    fold.textContent = open ? 'Close all' : 'Open all';
  });
  field.addEventListener('input', () => {
    const wanted = field.value.toLowerCase();
    let hits = 0;
    for (const item of findings.querySelectorAll('.evidence > li')) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      if (!item.hidden) hits++;
    }
    if (wanted) for (const one of details()) one.open = true;
    shown.textContent = wanted ? hits + ' shown' : '';
  });
})();
`
