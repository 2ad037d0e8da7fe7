import { connect, createServer, type AddressInfo } from "node:net"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"

// Runs the emulator in a separate process, so that its CPU time is not counted as the client's. Exits with its parent.

/** The emulator sends three words per text delta. */
const WORDS_PER_DELTA = 3
const deltas = Number(process.argv[2])
const emulator = await startEmulator({ pace: "instant", answer: "tier ".repeat(deltas * WORDS_PER_DELTA).trimEnd() })

/**
 * Times of the first bytes in each direction since the parent last read them, on the system's monotonic clock; `null`
 * when there were none.
 */
let requestAt: bigint | null = null
let responseAt: bigint | null = null

const relay = createServer((client) => {
	const upstream = connect(emulator.port, "127.0.0.1")
	client.setNoDelay()
	upstream.setNoDelay()
	client.on("data", (bytes) => {
		requestAt ??= process.hrtime.bigint()
		upstream.write(bytes)
	})
	upstream.on("data", (bytes) => {
		// HTTP/2 also sends small frames for each request that contain no part of the response.
		if (bytes.length > 200) responseAt ??= process.hrtime.bigint()
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
	process.send?.({ requestAt: String(requestAt), responseAt: String(responseAt) })
	requestAt = null
	responseAt = null
})
process.on("disconnect", () => process.exit())
