// Tokens that say by their first letters whose they are; the makers' own documents name the letters.

const TOKENS: readonly RegExp[] = [
  // Clouds: Amazon, Alibaba, Tencent, Volcengine, Google, Microsoft, DigitalOcean
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/,
  /\bLTAI[A-Za-z0-9]{12,30}\b/,
  /\bAKID[A-Za-z0-9]{13,40}\b/,
  /\bAK(?:LT|TP)[\w=+/-]{30,}/,
  /\bAIza[\w-]{35}/,
  /\bya29\.[\w.-]{20,}/,
  /\b1\/\/0[\w-]{30,}/,
  /\bGOCSPX-[\w-]{20,}/,
  /[78]Q~[\w~.-]{31,34}/,
  /\bdo[opr]_v1_\w{40,}/,
  // Code and packages: GitHub, GitLab, Bitbucket and Jira, npm, PyPI, RubyGems, Docker, Artifactory, CI
  /\bgh[pousr]_\w{36,}/,
  /\bgithub_pat_\w{40,}/,
  /\bgl(?:pat|dt|rt|cbt|ptt|oas|imt|agent|ft|soat|ffct)-[\w-]{20,}/,
  /\bAT(?:ATT|CTT|BB)[\w=+/-]{20,}/,
  /\bnpm_\w{36}/,
  /\bpypi-[\w-]{20,}/,
  /\brubygems_[0-9a-f]{48}/,
  /\bdckr_(?:pat|oat)_[\w-]{18,}/,
  /\bAKC[A-Za-z0-9]{60,}/,
  /\bCCIPAT_\w{20,}/,
  // Secrets kept for others: Vault, 1Password, Doppler, age, Tailscale, Pulumi, Terraform
  /\bhv[sbr]\.[\w-]{20,}/,
  /\bops_eyJ[\w-]{20,}/,
  /\bdp\.(?:pt|st|ct|sa)\.\w{30,}/,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/,
  /\btskey-[a-z]+-[\w-]{15,}/,
  /\bpul-[0-9a-f]{40}/,
  /\.atlasv1\.[\w-]{60,}/,
  // Messages: Slack, Telegram, Twilio, Mailgun, SendGrid, Brevo, Facebook
  /\bxox[abeoprs][.-][\w-]{10,}/,
  /\bxapp-[\w-]{20,}/,
  /(?<![\w-])(?:bot)?\d{8,10}:AA[\w-]{30,}/,
  /\bSK[0-9a-f]{32}\b/,
  /\bkey-[0-9a-f]{32}\b/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bxkeysib-[\w-]{20,}/,
  /\bEAACEdEose0cBA\w+/,
  // Money: Stripe, Square, Shopify
  /\b[rsp]k_(?:live|test)_\w{16,}/,
  /\bwhsec_[\w+/=]{16,}/,
  /\bsq0(?:csp|atp)-[\w-]{20,}/,
  /\bshp(?:at|ca|pa|ss)_[0-9a-f]{32}/,
  // Watching and data: Grafana, New Relic, Sentry, Databricks, Postman, Supabase, PlanetScale, Linear, Notion
  /\bgl(?:sa|c)_[\w+/=-]{20,}/,
  /\bNR(?:AK|II|JS|AL|RA)-[\w]{20,}/,
  /\bsntry[su]_[\w+/=-]{20,}/,
  /\bdapi[0-9a-f]{32}\b/,
  /\bPMAK-[\w-]{30,}/,
  /\bsbp_[0-9a-f]{40}/,
  /\bpscale_(?:tkn|pw|oauth)_[\w.-]{20,}/,
  /\blin_(?:api|oauth)_\w{20,}/,
  /\bntn_\w{30,}/,
  // Models: OpenAI, Anthropic, Hugging Face, Groq, Replicate, NVIDIA, xAI
  /\bsk-(?:ant-|proj-)?[\w-]{20,}/,
  /\bhf_[A-Za-z0-9]{25,}/,
  /\bgsk_\w{40,}/,
  /\br8_\w{30,}/,
  /\bnvapi-[\w-]{40,}/,
  /\bxai-\w{40,}/,
]

/** Those at the beginning of a word as one: V8 tries them by their first letters. */
const BEGIN = '\\b'
const [begun = [], others = []] = [true, false].map((isBegun) =>
  TOKENS.map(({ source }) => source).filter((source) => source.startsWith(BEGIN) === isBegun),
)

export const VENDOR_TOKEN = new RegExp(
  [`${BEGIN}(?:${begun.map((source) => source.slice(BEGIN.length)).join('|')})`, ...others].join('|'),
  'g',
)

/** Addresses that are a secret themselves: whoever has one may send; Slack, Discord, Feishu, Microsoft, Sentry. */
export const SECRET_ADDRESS =
  /(?<before>\bhooks\.slack\.com\/(?:services|workflows)\/|\bdiscord(?:app)?\.com\/api\/webhooks\/\d+\/|\/open-apis\/bot\/v2\/hook\/|\.webhook\.office\.com\/webhookb2\/|\bapi\.telegram\.org\/bot|\bhttps?:\/\/(?=[0-9a-f]{32}@))(?!\[)[\w@+./:=-]*[\w=-](?=@|(?<after>))/g
