// How the page looks: light and dark, wide and narrow, on screen and on paper.

export const STYLE = `
:root{color-scheme:light dark;--paper:#f6f5f2;--card:#fff;--ink:#1b1f24;--soft:#59616d;--rule:#dfe1e5;--sunk:#f2f3f5;--accent:#2450b8;
--critical:#a8190d;--critical-bg:#fdeae7;--serious:#9a3b06;--serious-bg:#fdefe2;--warning:#7a5200;--warning-bg:#fbf2d9;
--good:#14663d;--good-bg:#e4f4ea;--neutral:#44505f;--neutral-bg:#eceff3;--bar:#a9b6c8;--band:#fbdcd6;--shadow:0 1px 2px #1b1f240f,0 4px 16px #1b1f240a;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#0f1216;--card:#171b21;--ink:#e7eaef;--soft:#a3adba;--rule:#2c343f;--sunk:#11151a;--accent:#9dbcff;
--critical:#ff9f92;--critical-bg:#3b1713;--serious:#ffb27a;--serious-bg:#3a210f;--warning:#f0cc6b;--warning-bg:#332808;
--good:#7fd8a5;--good-bg:#10301f;--neutral:#b9c4d2;--neutral-bg:#252d38;--bar:#51627a;--band:#4a201b;--shadow:0 1px 2px #0006}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans);overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;left:-999px;top:0;z-index:9;background:var(--card);padding:.6rem 1rem}
.skip:focus{left:.5rem;top:.5rem}
code,pre{font-family:var(--mono);font-size:.86em;font-variant-ligatures:none}
code{background:var(--sunk);border-radius:4px;padding:.08em .32em}
pre code,.brand code{background:none;padding:0}
.masthead{--tone:var(--neutral);background:var(--card);border-bottom:1px solid var(--rule);border-top:6px solid var(--tone)}
.inner,.layout,footer{max-width:78rem;margin:0 auto;padding:0 1.5rem}
.inner{padding-top:1.4rem;padding-bottom:1.8rem}
.brand{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .7rem;margin:0 0 1.1rem;color:var(--soft);font-size:.92rem}
.brand span:first-of-type{font-weight:700;color:var(--ink);letter-spacing:.01em}
.logo path{fill:none;stroke:var(--tone);stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
h1{font-size:clamp(1.3rem,1rem + 1.7vw,2.05rem);line-height:1.25;letter-spacing:-.015em;font-weight:650;margin:0 0 .6rem;max-width:34em;text-wrap:pretty}
.lead{color:var(--soft);font-size:1.02rem;max-width:62em;margin:0;text-wrap:pretty}.lead code{color:var(--ink);font-weight:600}
.critical{--tone:var(--critical);--tint:var(--critical-bg)}.serious{--tone:var(--serious);--tint:var(--serious-bg)}
.warning{--tone:var(--warning);--tint:var(--warning-bg)}.good{--tone:var(--good);--tint:var(--good-bg)}
.neutral{--tone:var(--neutral);--tint:var(--neutral-bg)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:1.5rem 0 0}
.tile{background:var(--tint);border-radius:12px;padding:.8rem 1rem;color:var(--tone)}
.tile dt{font-size:.78rem;font-weight:600;text-transform:uppercase;letter-spacing:.06em}
.tile dd{margin:.15rem 0 0}
.value{display:block;font-size:clamp(1.1rem,.7rem + .75vw,1.4rem);font-weight:680;line-height:1.25;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.note{display:block;font-size:.84rem;color:var(--ink)}
.layout{display:grid;grid-template-columns:12.5rem minmax(0,1fr);gap:2.5rem;padding-top:1.8rem}
.contents{position:sticky;top:1rem;align-self:start;font-size:.9rem}
.contents ol{list-style:none;margin:0;padding:0;border-left:2px solid var(--rule)}
.contents a{display:block;padding:.26rem .9rem;color:var(--soft);text-decoration:none;margin-left:-2px;border-left:2px solid transparent}
.contents a:hover{color:var(--ink);border-color:var(--accent)}
.part{margin:0 0 2.6rem;scroll-margin-top:1rem}
h2{font-size:1.28rem;letter-spacing:-.01em;margin:0 0 .8rem}
h3{font-size:1.05rem;line-height:1.4;margin:0 0 .8rem}
.card,.body>.facts,.body>.drawing,.body>.scroll,.body>.steps,.body>.code{background:var(--card);border:1px solid var(--rule);border-radius:12px;box-shadow:var(--shadow)}
.card{padding:1.1rem 1.25rem;margin:0 0 1rem;scroll-margin-top:1rem}
.card:target,.part:target>h2{outline:3px solid var(--accent);outline-offset:3px;border-radius:8px}
.body>*{margin:0 0 1rem}
p{margin:0 0 .7rem}
.mark{display:inline-block;background:var(--tint);color:var(--tone);border-radius:99px;padding:.05em .6em;font-size:.78em;font-weight:650;white-space:nowrap;vertical-align:.08em}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.7rem 1.5rem;margin:0 0 1rem}
.body>.facts{padding:1rem 1.25rem}
.facts dt{font-size:.8rem;color:var(--soft)}
.facts dd{margin:0}
.steps{list-style:none;counter-reset:step;padding:.4rem 1.25rem .4rem 1rem}
.steps li{counter-increment:step;position:relative;padding:.55rem 0 .55rem 2.6rem}
.steps li::before{content:counter(step);position:absolute;left:0;top:.6rem;width:1.7rem;height:1.7rem;border-radius:50%;background:var(--neutral-bg);color:var(--neutral);font-weight:700;font-size:.86rem;display:grid;place-items:center}
.steps li:not(:last-child)::after{content:"";position:absolute;left:.8rem;top:2.5rem;bottom:-.4rem;border-left:2px solid var(--rule)}
.tasks{list-style:none;padding:0;margin:0}
.tasks li{position:relative;padding:.3rem 0 .3rem 1.8rem}
.tasks li::before{content:"";position:absolute;left:.1rem;top:.62rem;width:1rem;height:1rem;border:2px solid var(--soft);border-radius:4px}
#remedies .body{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem}
#remedies .body>p{grid-column:1/-1;margin:0}
#remedies .card{margin:0;border-top:4px solid var(--accent)}
.scroll{overflow-x:auto}
.body>.scroll{padding:.9rem 1.25rem 1rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding:0 0 .5rem}
td code{background:none;padding:0}
th,td{padding:.42rem .8rem .42rem 0;border-bottom:1px solid var(--rule);vertical-align:top;font-weight:400;overflow-wrap:break-word}
tbody tr:last-child>*{border-bottom:0}
thead th{font-size:.8rem;font-weight:600;color:var(--soft);white-space:nowrap}
.unbroken,tbody th code,thead th{white-space:nowrap}#provenance tbody th code{white-space:normal}#provenance tbody th{min-width:9.5rem}#provenance td:not(.right){white-space:normal;overflow-wrap:anywhere;min-width:4.5rem}.left{text-align:left}.right{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{border-top:1px solid var(--rule);margin-top:.8rem}
summary{cursor:pointer;padding:.6rem 0 .4rem;font-weight:600;font-size:.94rem}
.count{color:var(--soft);font-weight:500;font-variant-numeric:tabular-nums}
.evidence{list-style:none;margin:0;padding:0}
.evidence li{position:relative;margin:0 0 .7rem}
.place{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline;margin:0 4.4rem .2rem 0;font-size:.9rem}
.place code{background:none;padding:0;font-weight:650;color:var(--accent)}
.when,.role{color:var(--soft);font-size:.86rem}
.when{font-variant-numeric:tabular-nums}
pre{margin:0;background:var(--sunk);border:1px solid var(--rule);border-left:3px solid var(--accent);border-radius:6px;padding:.6rem .8rem;white-space:pre-wrap;line-height:1.5;max-height:32rem;overflow:auto}
.more{color:var(--soft);font-size:.88rem}
figure{margin:0}
.code{position:relative}
.body>.code{padding:.9rem 1.25rem 1.1rem}
figcaption{color:var(--soft);font-size:.86rem;margin:0 4.4rem .5rem 0}
.drawing{padding:1rem 1.25rem}
.drawing figcaption{font-weight:600;color:var(--ink);font-size:.95rem;margin-right:0}
.callout{background:var(--tint);color:var(--tone);border-left:4px solid var(--tone);border-radius:8px;padding:.8rem 1rem}
.bullets{padding-left:1.2rem}
svg text{font-family:var(--sans);fill:var(--ink);font-size:13px}
svg .tick,svg .time,svg .lag,svg .role{fill:var(--soft);font-size:12px}
svg .lag{paint-order:stroke;stroke:var(--card);stroke-width:9px;stroke-linejoin:round}svg .name{font-family:var(--mono);font-size:12.5px;font-weight:650}
.start{text-anchor:start}.end{text-anchor:end}.middle,.lag,.label,.number,.end>text{text-anchor:middle}
.chain,.ladder{display:block;max-width:100%;height:auto;margin:0 auto}.ladder{min-width:38rem}
.timeline{display:block;width:100%;min-width:40rem;height:auto}
.node rect{fill:var(--tint);stroke:var(--tone);stroke-width:1.5}
.node circle{fill:var(--tone)}
svg .number{fill:var(--card);font-weight:700;font-size:12px}
.edge{fill:none;stroke:var(--soft);stroke-width:1.8}
.arrow{fill:var(--soft)}
.rule{stroke:var(--rule);stroke-width:1}
.total{fill:var(--bar)}.failed{fill:var(--critical)}.band{fill:var(--band)}
.moment{stroke:var(--critical);stroke-width:1.5}
svg text.moment{stroke:none;fill:var(--critical);font-weight:650;font-size:12px}
.end rect{fill:var(--neutral-bg);stroke:var(--rule)}
.life{stroke:var(--rule);stroke-width:2}
.packet{stroke:var(--soft);stroke-width:1.8}
.trouble{stroke:var(--critical)}
.again{stroke-dasharray:6 4}
.cross{stroke:var(--critical);stroke-width:2.4;fill:none}
svg .label{font-family:var(--mono);font-size:12px}
.break{fill:none;stroke:var(--soft);stroke-width:1.6}
.pause text{font-style:italic}
.copy,.tools button{font:600 .78rem var(--sans);color:var(--accent);background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.15rem .6rem;min-height:1.6rem;cursor:pointer}
.copy{position:absolute;right:0;top:-.15rem;min-width:3.9rem}
.body>.code .copy{right:1.25rem;top:.8rem}
.tools{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;font-size:.9rem}
.tools input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px;padding:.25rem .6rem;max-width:100%}
.said-aloud{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%)}
footer{color:var(--soft);font-size:.86rem;padding-top:.5rem;padding-bottom:3rem}
@media (max-width:62rem){.layout{grid-template-columns:minmax(0,1fr);gap:1rem}.contents{position:static}.contents ol{display:flex;flex-wrap:wrap;border:0;gap:.1rem .2rem}.contents a{padding:.2rem .5rem;margin:0;border:0;text-decoration:underline}}
@media (max-width:40rem){#chain .drawing{display:none}caption{position:sticky;left:0;max-width:calc(100vw - 4.2rem)}.unbroken{white-space:normal}.inner,.layout,footer{padding-left:.9rem;padding-right:.9rem}.card,.body>.facts,.drawing,.body>.scroll,.body>.code{padding-left:.85rem;padding-right:.85rem}.tiles{grid-template-columns:1fr 1fr;gap:.5rem}.tile{padding:.6rem .7rem}.value{font-size:1.05rem}.note{font-size:.78rem}.body>.code .copy{right:.85rem}.steps{padding-right:.85rem}}
@media (min-width:62rem){td:last-child code{overflow-wrap:anywhere}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media (forced-colors:active){.mark,.tile,.callout{border:1px solid}}
@media print{@page{margin:16mm 14mm}:root{--paper:#fff;--shadow:none}body{font-size:10pt}.skip,.contents,.copy,.tools{display:none}.layout{display:block}.layout,.inner,footer{padding-left:0;padding-right:0;max-width:none}
details::details-content{content-visibility:visible;height:auto;display:block}summary{list-style:none}pre{max-height:none;overflow:visible}.scroll{overflow:visible}.timeline{width:100%;min-width:0}.ladder{min-width:0}.tiles{grid-template-columns:repeat(4,1fr)}.value{font-size:1.05rem}
.card,.drawing,.tile,tr,.evidence li{break-inside:avoid}h2,h3,summary,figcaption{break-after:avoid}*{print-color-adjust:exact}}
`
