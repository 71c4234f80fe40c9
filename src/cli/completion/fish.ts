// Completion for fish: one line for each verb and option.
import { type OptionWord, type Place, quoted, type Word } from './words.ts'

export function fish(places: readonly Place[]): string {
  const lines = places.flatMap((place) => [
    ...place.next.map((word) => verbLine(place, word)),
    ...place.options.map((option) => optionLine(place, option)),
  ])
  return ['# fish completion for faultline: faultline completion fish | source', ...lines].join('\n')
}

function verbLine({ verbs, next }: Place, { word, says }: Word): string {
  const siblings = next.map((one) => one.word).join(' ')
  const place = verbs === '' ? '__fish_use_subcommand' : `${at(verbs)}; and not __fish_seen_subcommand_from ${siblings}`
  return `complete -c faultline -n ${quoted(place)} -a ${word} -d ${quoted(says)}`
}

function optionLine({ verbs }: Place, { word, short, says, takesValue, choices }: OptionWord): string {
  const place = verbs === '' ? '__fish_use_subcommand' : at(verbs)
  const value = !takesValue ? '' : choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : ' -r'
  const letter = short === null || short === word ? '' : ` -s ${short.slice(1)}`
  return `complete -c faultline -n ${quoted(place)} -l ${word.replace(/^--/, '')}${letter}${value} -d ${quoted(says)}`
}

function at(verbs: string): string {
  return verbs
    .split(' ')
    .map((verb) => `__fish_seen_subcommand_from ${verb}`)
    .join('; and ')
}
