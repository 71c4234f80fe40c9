// Completion for zsh: verbs and options with what they are for.
import { type Place, quoted, valuesOf, type Word } from './words.ts'

export function zsh(places: readonly Place[]): string {
  return `#compdef faultline
# zsh completion for faultline: source <(faultline completion zsh)
_faultline() {
  local verb='' at
  local -a verbs options
  for ((at = 2; at < CURRENT; at++)); do
    case "$verb \${words[at]}" in
${places
  .filter(({ verbs }) => verbs !== '')
  .map(verbCase)
  .join('\n')}
    esac
  done
  case "$verb \${words[CURRENT-1]}" in
${places.flatMap(valueCases).join('\n')}
  esac
  case "$verb" in
${places.map(wordCase).join('\n')}
  esac
  (( \${#verbs} )) && _describe 'verb' verbs
  _describe -o 'option' options
  _files
}
if [[ "\${funcstack[1]}" == _faultline ]]; then
  _faultline "$@"
else
  compdef _faultline faultline
fi`
}

function verbCase({ verbs }: Place): string {
  const before = verbs.split(' ').slice(0, -1).join(' ')
  return `      '${before} ${verbs.split(' ').at(-1)}') verb='${verbs}' ;;`
}

function valueCases(place: Place): string[] {
  return valuesOf(place).map(({ flags, choices }) => {
    const pattern = flags.map((flag) => `'${place.verbs} ${flag}'`).join('|')
    return `    ${pattern}) ${choices.length > 0 ? `compadd -- ${choices.join(' ')}` : '_files'}; return ;;`
  })
}

function wordCase({ verbs, next, options }: Place): string {
  const list = (words: readonly Word[]) => words.map(({ word, says }) => quoted(`${word}:${says}`)).join(' ')
  return `    '${verbs}') verbs=(${list(next)}); options=(${list(options)}) ;;`
}
