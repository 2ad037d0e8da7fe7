import { createServer, type RequestListener, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { PriceListOffer } from "../../../../src/price-list/price-list"

/** Response of one URL: a JSON text, an HTTP status, or a callback that writes the response. */
export type ServedFile = string | number | ((response: ServerResponse) => void)

export type PriceListServer = {
	readonly url: string
	/** Files by `fileKey`; every other URL responds with 404. */
	readonly files: Map<string, ServedFile>
	/** Paths in the order of the requests. */
	readonly asked: string[]
	close(): Promise<void>
}

/** Serves invented price lists on loopback, at the paths of AWS's price list. */
export async function servePriceLists(): Promise<PriceListServer> {
	const files = new Map<string, ServedFile>()
	const asked: string[] = []
	const onRequest: RequestListener = (request, response) => {
		asked.push(request.url ?? "")
		const match = /^\/offers\/v1\.0\/aws\/(\w+)\/current\/([a-z0-9-]+)\/index\.json$/.exec(request.url ?? "")
		const file = match ? files.get(`${match[1]} ${match[2]}`) : undefined
		if (typeof file === "function") file(response)
		else if (typeof file === "string") response.writeHead(200, { "content-type": "application/json" }).end(file)
		else response.writeHead(file ?? 404, { location: "http://127.0.0.1:1/elsewhere" }).end()
	}
	const server = createServer(onRequest)
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		files,
		asked,
		close: () => {
			server.closeAllConnections()
			return new Promise((resolve) => server.close(() => resolve()))
		},
	}
}

/** @returns the key of a file in `PriceListServer.files`: `<offer> <region>` */
export function fileKey(offer: PriceListOffer, region: string): string {
	return `${offer} ${region}`
}
