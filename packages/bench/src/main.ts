import { lookups } from "./lookups"
import { ledger } from "./ledger"
import { streamPath } from "./stream-path"
import { inMarkdown } from "./report"
console.log(inMarkdown(lookups({ rounds: 20 })))
console.log(inMarkdown(ledger({ rounds: 20 })))
console.log(inMarkdown(await streamPath({ rounds: 20 })))
