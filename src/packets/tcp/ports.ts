// Which of two ports is the server's, where no SYN tells.

/** Ports that services listen on: IANA's, and those of common servers, below the numbers that systems give to clients. */
const KNOWN: ReadonlySet<number> = new Set([
  7, 20, 21, 22, 23, 25, 37, 43, 49, 53, 67, 69, 70, 79, 80, 81, 88, 102, 110, 111, 113, 119, 123, 135, 137, 138, 139,
  143, 161, 162, 177, 179, 199, 264, 311, 389, 427, 443, 444, 445, 464, 465, 500, 502, 512, 513, 514, 515, 520, 543,
  544, 548, 554, 563, 587, 593, 631, 636, 646, 853, 860, 873, 902, 989, 990, 992, 993, 995, 1080, 1194, 1352, 1433,
  1434, 1494, 1521, 1701, 1720, 1723, 1812, 1813, 1883, 1900, 2049, 2181, 2375, 2376, 2379, 2380, 2404, 3000, 3128,
  3260, 3268, 3269, 3306, 3307, 3389, 3478, 3690, 4222, 4369, 4443, 5000, 5044, 5060, 5061, 5222, 5269, 5353, 5355,
  5432, 5433, 5555, 5601, 5671, 5672, 5900, 5984, 5985, 5986, 6000, 6379, 6380, 6443, 6514, 6667, 7000, 7001, 7077,
  7199, 7474, 7687, 8000, 8008, 8009, 8080, 8081, 8086, 8088, 8090, 8123, 8140, 8161, 8200, 8300, 8301, 8443, 8500,
  8501, 8529, 8600, 8883, 8888, 9000, 9042, 9090, 9092, 9093, 9100, 9160, 9200, 9300, 9418, 9443, 9999, 10000, 10050,
  10051, 10250, 11211, 11434, 15672, 20000, 25565, 26257, 26379, 27017, 27018, 28015,
])

/** @returns whether the second port is the server's */
export function isServerSecond(first: number, second: number): boolean {
  const isFirstKnown = KNOWN.has(first)
  const isSecondKnown = KNOWN.has(second)
  if (isFirstKnown !== isSecondKnown) return isSecondKnown
  return second <= first
}
