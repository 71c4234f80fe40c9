// Kinds of support bundles, told by the files that only their collectors write.

interface Kind {
  readonly name: string
  /** Each must be the path of some source, members of archives included. */
  readonly needs: readonly RegExp[]
}

/** Sorted by name. */
const KINDS: readonly Kind[] = [
  // kubectl cluster-info dump --output-directory: objects of the cluster beside a folder for each namespace.
  {
    name: 'cluster-info-dump',
    needs: [/(?:^|[/!])nodes\.json$/, /(?:^|[/!])(?:kube-system|default)\/(?:events|pods)\.json$/],
  },
  { name: 'elastic-diagnostics', needs: [/(?:^|[/!])diagnostic_manifest\.json$/] },
  { name: 'gitlabsos', needs: [/(?:^|[/!])gitlabsos\.[^/!]+[/!]/] },
  // oc adm must-gather
  {
    name: 'must-gather',
    needs: [/(?:^|[/!])cluster-scoped-resources\/[a-z]/, /(?:^|[/!])namespaces\/[^/]+\/(?:pods|core|[a-z-]+\.yaml)/],
  },
  // sos 4 writes its own log and reports; its archives are named after it.
  {
    name: 'sosreport',
    needs: [
      /(?:^|[/!])(?:sos_logs\/(?:sos|ui)\.log|sos_reports\/(?:sos\.(?:txt|json|html)|manifest\.json)|sosreport-[^/!]+[/!])/,
    ],
  },
  // SUSE
  { name: 'supportconfig', needs: [/(?:^|[/!])basic-environment\.txt$/, /(?:^|[/!])basic-health-check\.txt$/] },
  // troubleshoot.sh, Replicated's and Rancher's support bundles
  {
    name: 'troubleshoot',
    needs: [
      /(?:^|[/!])(?:cluster-resources|all-logs)\//,
      /(?:^|[/!])(?:version\.yaml|analysis\.json|cluster-info\/cluster_version\.json)$/,
    ],
  },
  // ESXi
  { name: 'vm-support', needs: [/(?:^|[/!])commands\/vmware_-vl(?:\.txt)?/] },
]

/** Which kinds of bundles these sources come from, sorted; a folder may hold several. */
export function bundleKindsOf(paths: Iterable<string>): readonly string[] {
  const open = KINDS.map(({ name, needs }) => ({ name, needs: [...needs] }))
  for (const path of paths) {
    for (const kind of open) kind.needs = kind.needs.filter((pattern) => !pattern.test(path))
  }
  return open.filter(({ needs }) => needs.length === 0).map(({ name }) => name)
}
