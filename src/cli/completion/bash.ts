// Completion for bash: one function, without the bash-completion package.
import { type Place, valuesOf } from './words.ts'

export function bash(places: readonly Place[]): string {
  return `# bash completion for faultline: source <(faultline completion bash)
_faultline() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" verb='' words='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$verb \${COMP_WORDS[at]}" in
${places
  .filter(({ verbs }) => verbs !== '')
  .map(verbCase)
  .join('\n')}
    esac
  done
  COMPREPLY=()
  case "$verb $prev" in
${places.flatMap(valueCases).join('\n')}
  esac
  case "$verb" in
${places.map(wordCase).join('\n')}
  esac
  [[ -z $cur && -n $verb && \${words%% *} == -* ]] && return
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _faultline faultline`
}

function verbCase({ verbs }: Place): string {
  const before = verbs.split(' ').slice(0, -1).join(' ')
  return `      '${before} ${verbs.split(' ').at(-1)}') verb='${verbs}' ;;`
}

/** A value that nothing is known of is completed as a file, which \`-o default\` does. */
function valueCases(place: Place): string[] {
  return valuesOf(place).map(({ flags, choices }) => {
    const pattern = flags.map((flag) => `'${place.verbs} ${flag}'`).join('|')
    const reply = choices.length > 0 ? `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur")); ` : ''
    return `    ${pattern}) ${reply}return ;;`
  })
}

function wordCase({ verbs, next, options }: Place): string {
  return `    '${verbs}') words='${[...next, ...options].map(({ word }) => word).join(' ')}' ;;`
}
