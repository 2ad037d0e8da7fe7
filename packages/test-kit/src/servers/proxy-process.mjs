// A proxy in a process of its own. It answers CONNECT, as proxies do that inspect connections: it ends TLS with its own
// certificate and forwards the content to a server on this machine. Its parent sends the configuration.
import { createServer } from "node:http"
import { connect } from "node:net"
import process from "node:process"
import { createServer as createTlsServer } from "node:tls"

process.once("message", ({ key, cert, upstreams, authorization, isSecure, refusal }) => {
	const ends = new Map()
	const inspection = createTlsServer({ key, cert, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
		const upstream = connect(ends.get(socket.remotePort), "127.0.0.1")
		socket.on("error", () => upstream.destroy())
		upstream.on("error", () => socket.destroy())
		socket.pipe(upstream).pipe(socket)
	})
	const onConnect = (request, socket) => {
		const sent = request.headers["proxy-authorization"] ?? null
		process.send({ target: request.url, authorization: sent })
		socket.on("error", () => undefined)
		const port = upstreams[request.url.split(":")[0]]
		const status = refusal ?? (sent !== authorization ? 407 : port === undefined ? 502 : 200)
		if (status !== 200) {
			const challenge = status === 407 ? 'proxy-authenticate: Basic realm="test"\r\n' : ""
			return socket.end(`HTTP/1.1 ${status} No\r\n${challenge}content-length: 0\r\n\r\n`)
		}
		const tunnel = connect(inspection.address().port, "127.0.0.1", () => {
			ends.set(tunnel.localPort, port)
			socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
			socket.pipe(tunnel).pipe(socket)
		})
		tunnel.on("error", () => socket.destroy())
		return undefined
	}
	const server = createServer().on("connect", onConnect)
	// A proxy with TLS reads CONNECT from the decrypted connection.
	const listening = isSecure ? createTlsServer({ key, cert }, (socket) => server.emit("connection", socket)) : server
	inspection.listen(0, "127.0.0.1", () => {
		listening.listen(0, "127.0.0.1", () => process.send({ port: listening.address().port }))
	})
})
process.once("disconnect", () => process.exit())
