// What can be typed where: the verbs and options of the command line, flat, as completion scripts need them.
import type { Command } from 'commander'

/** One place on the command line. */
export interface Place {
  /** Verbs typed so far: `''`, `query`, `grammar check`. */
  readonly verbs: string
  readonly next: readonly Word[]
  readonly options: readonly OptionWord[]
}

export interface Word {
  readonly word: string
  readonly says: string
}

export interface OptionWord extends Word {
  readonly short: string | null
  readonly takesValue: boolean
  /** Empty where any value will do. */
  readonly choices: readonly string[]
}

export function placesOf(command: Command, verbs: readonly string[] = []): Place[] {
  const here: Place = {
    verbs: verbs.join(' '),
    next: command.commands.map((one) => ({ word: one.name(), says: one.description() })),
    options: command.createHelp().visibleOptions(command).map(optionWord),
  }
  return [here, ...command.commands.flatMap((one) => placesOf(one, [...verbs, one.name()]))]
}

type Option = ReturnType<ReturnType<Command['createHelp']>['visibleOptions']>[number]

function optionWord({ long, short, description, required, optional, argChoices }: Option): OptionWord {
  const takesValue = required || optional
  return { word: long ?? short ?? '', short: short ?? null, says: description, takesValue, choices: argChoices ?? [] }
}

/** Values that can be told beforehand, by place and option. */
export function valuesOf(place: Place): { readonly flags: readonly string[]; readonly choices: readonly string[] }[] {
  return place.options
    .filter(({ takesValue }) => takesValue)
    .map(({ word, short, choices }) => ({ flags: short === null ? [word] : [word, short], choices }))
}

/** Between single quotes of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
