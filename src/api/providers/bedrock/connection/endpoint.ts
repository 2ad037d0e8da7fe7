import { ConverseCommand, type BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime"
import { detail } from "@bedrock-tiers/error-details"
import { isAllowedEndpoint } from "@bedrock-tiers/protocol"
import { badInput } from "../../../provider-failure"

/** Address of a request as the SDK hands it to the connection, without the user info of its endpoint. */
type Address = Pick<URL, "protocol" | "hostname"> & { readonly port?: number; readonly path: string }
type Args = { readonly request: Address }
type Handler = (args: Args) => Promise<{ readonly output: object; readonly response: object }>
type Stack = { add(middleware: never, options: never): void }

/**
 * Makes a client refuse endpoints that are neither https nor on this machine, wherever they come from: AWS's settings
 * (`AWS_ENDPOINT_URL`, `endpoint_url` in the shared files) can choose one too. The address of each request is checked
 * before the request is signed.
 */
export function checkEndpoint({ middlewareStack }: { readonly middlewareStack: Stack }): void {
	const check = (next: Handler) => (args: Args) => {
		const { protocol, hostname } = args.request
		if (!isAllowedEndpoint(`${protocol}//${hostname}`))
			throw badInput(detail("request.aws-endpoint-invalid", { host: hostname }))
		return next(args)
	}
	// The SDK sets the address in its "serialize" step and signs in "finalizeRequest".
	middlewareStack.add(check as never, { step: "build", name: "checkEndpoint" } as never)
}

/**
 * Resolves the endpoint of a client, without a query, from a request that ends before it is signed. `null` when it is
 * AWS's own endpoint of the client's region. No other address counts as AWS's own, because AWS's customers have host
 * names below `amazonaws.com`, too.
 * @param client its credentials are resolved, but not used
 * @throws ProviderFailure `bad-input` when the endpoint is not allowed
 */
export async function resolveEndpoint(client: BedrockRuntimeClient): Promise<string | null> {
	let address: Address | undefined
	const end = () => (args: Args) => {
		address = args.request
		return Promise.resolve({ output: {}, response: {} })
	}
	const command = new ConverseCommand({ modelId: "-", messages: [] })
	command.middlewareStack.add(end as never, { step: "build", priority: "low" })
	await client.send(command)
	const { protocol, hostname, port, path } = address as unknown as Address
	const basePath = path.slice(0, path.lastIndexOf("/model/"))
	const url = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${basePath}`
	const { region, useDualstackEndpoint, useFipsEndpoint, endpointProvider } = client.config
	const own = endpointProvider({
		Region: await region(),
		UseDualStack: await useDualstackEndpoint(),
		UseFIPS: await useFipsEndpoint(),
	})
	return url === own.url.origin ? null : url
}
