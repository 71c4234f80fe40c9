// Texts that are rewritten in one go: to start costs more than a short text.

export type Rewrite = (text: string) => Promise<string>

/**
 * Where they do not come out as they went in, each is rewritten by itself.
 * @param between stands in none of them
 */
export async function rewriteTogether(
  texts: readonly string[],
  between: string,
  rewrite: Rewrite,
): Promise<readonly string[]> {
  const together = (await rewrite(texts.join(between))).split(between)
  if (together.length === texts.length) return together
  const apart: string[] = []
  for (const text of texts) apart.push(await rewrite(text))
  return apart
}
