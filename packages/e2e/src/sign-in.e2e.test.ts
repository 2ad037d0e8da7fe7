import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startProxy } from "@bedrock-tiers/test-kit/servers/proxy"
import { afterAll, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * What the real VS Code shows when no request can be sent: AWS_PROFILE names a profile that gives no credentials, or the
 * proxy requires a password. The shared AWS files are read again for each message.
 */

const proxy = await startProxy({ upstreams: {}, authorization: "Basic eDp5" })
afterAll(() => proxy.close())
const folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-e2e-sign-in-"))

const vscode = workbenchUnderTest(
	{},
	{
		demo: false,
		host: {
			settings: { "http.proxy": `http://${proxy.host}` },
			env: {
				AWS_PROFILE: "wrok",
				AWS_CONFIG_FILE: join(folder, "config"),
				AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
				AWS_EC2_METADATA_DISABLED: "true",
				HOME: folder,
			},
		},
	},
)

const SSO =
	"sso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n" +
	"sso_account_id = 123456789012\nsso_role_name = dev\n"

test.each([
	[
		"a misspelt profile",
		"[profile work]\nregion = us-east-1\n",
		'There is no AWS profile "wrok" in the shared AWS files. Did you mean "work"?',
	],
	[
		"single sign-on without a sign-in",
		`[profile wrok]\n${SSO}`,
		'You are not signed in for the AWS profile "wrok". Sign in with: aws sso login --profile wrok',
	],
	[
		"a credential_process that fails",
		"[profile wrok]\ncredential_process = false\n",
		'The credential_process of the AWS profile "wrok" failed. Run its command in a terminal to see why.',
	],
	[
		"a proxy that requires a password",
		"[profile wrok]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n",
		`The proxy ${proxy.host} requires a user name and password. Add them to its address: http://USER:PASSWORD@${proxy.host}.`,
	],
])("VS Code shows what to do for %s", async (_, config, message) => {
	writeFileSync(join(folder, "config"), config)
	await vscode.user.send("Why is the sky blue?")
	await vscode.workbench.view.getByRole("alert").getByText(message, { exact: true }).waitFor()
})
