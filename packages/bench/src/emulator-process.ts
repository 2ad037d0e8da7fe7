import { connect, createServer, type AddressInfo } from "node:net"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"

// A process of its own, so that what the emulator computes is not counted as the client's. Ends with its parent.

/** The emulator sends three words at a time. */
const WORDS_A_DELTA = 3
const deltas = Number(process.argv[2])
const emulator = await startEmulator({ pace: "instant", answer: "tier ".repeat(deltas * WORDS_A_DELTA).trimEnd() })

/** When the first bytes went by in each direction since the parent asked last, on the system's monotonic clock. */
let askedAt: bigint | null = null
let answeredAt: bigint | null = null

const relay = createServer((client) => {
	const upstream = connect(emulator.port, "127.0.0.1")
	client.setNoDelay()
	upstream.setNoDelay()
	client.on("data", (bytes) => {
		askedAt ??= process.hrtime.bigint()
		upstream.write(bytes)
	})
	upstream.on("data", (bytes) => {
		// HTTP/2 says a word of its own, a small frame without an answer in it, whenever it was asked anything.
		if (bytes.length > 200) answeredAt ??= process.hrtime.bigint()
		client.write(bytes)
	})
	client.on("close", () => upstream.destroy())
	upstream.on("close", () => client.destroy())
	client.on("error", () => upstream.destroy())
	upstream.on("error", () => client.destroy())
})
relay.listen(0, "127.0.0.1", () => {
	const { port } = relay.address() as AddressInfo
	process.send?.({ url: emulator.url, relayUrl: `http://127.0.0.1:${port}` })
})
process.on("message", () => {
	process.send?.({ askedAt: String(askedAt), answeredAt: String(answeredAt) })
	askedAt = null
	answeredAt = null
})
process.on("disconnect", () => process.exit())
