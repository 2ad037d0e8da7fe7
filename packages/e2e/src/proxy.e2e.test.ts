import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startProxy } from "@bedrock-tiers/test-kit/servers/proxy"
import { afterAll, expect, test } from "vitest"
import { anyFreePort } from "../../../scripts/lib/ports.mjs"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The real VS Code on a machine behind a proxy that requires a password, with a blank AWS_BEARER_TOKEN_BEDROCK and access
 * keys. Only the proxy knows Amazon Bedrock's host.
 */

const RUNTIME = "bedrock-runtime.us-east-1.amazonaws.com"
const port = await anyFreePort()
const proxy = await startProxy({
	upstreams: { [RUNTIME]: port },
	authorization: `Basic ${Buffer.from("ada:secret").toString("base64")}`,
})
afterAll(() => proxy.close())
const folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-e2e-proxy-"))
writeFileSync(join(folder, "ca.pem"), proxy.certificate)
writeFileSync(join(folder, "config"), "[profile work]\nregion = us-east-1\n")

const vscode = workbenchUnderTest(
	{ answer: "Light is scattered by air.", port },
	{
		demo: false,
		host: {
			settings: { "http.proxy": `http://ada:secret@${proxy.host}` },
			env: {
				AWS_BEARER_TOKEN_BEDROCK: " ",
				AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
				AWS_SECRET_ACCESS_KEY: "example",
				AWS_CONFIG_FILE: join(folder, "config"),
				AWS_CA_BUNDLE: join(folder, "ca.pem"),
			},
		},
	},
)

test("VS Code's http.proxy carries a prompt to Amazon Bedrock, signed with the keys of the environment", async () => {
	const { user, workbench, emulator } = vscode
	await user.send("Why is the sky blue?")
	await workbench.view.getByText("Light is scattered by air.").waitFor()
	expect(emulator.requests[0]?.headers.authorization).toContain("Credential=AKIDEXAMPLE/")
	expect(proxy.connects.map(({ target }) => target)).toContain(`${RUNTIME}:443`)
})
