import { RuleTester } from "eslint"
import { describe, it } from "vitest"
import { loopbackOnly } from "./loopback-only.mjs"

Object.assign(RuleTester, { describe, it })

const host = [{ messageId: "host" }]
const address = [{ messageId: "address" }]

new RuleTester().run("loopback-only", loopbackOnly, {
	valid: [
		'server.listen(0, "127.0.0.1", resolve)',
		'server.listen({ port, host: "127.0.0.1" })',
		'const host = "127.0.0.1"; server.listen({ port, host, exclusive: true })',
		'const LOOPBACK = "127.0.0.1"; server.listen(port, LOOPBACK)',
		"server.listen({ path }, resolve)",
		'run("serve", ["--host", "127.0.0.1"])',
		'const args = ["--bind-addr", `127.0.0.1:${port}`, "--auth", "none"]',
		'run("build.mjs", "--host")',
		'const flag = "--host-resolver-rules=MAP * ~NOTFOUND"',
		'const networks = ["10.0.0.0", "fe80::1"]',
	],
	invalid: [
		{ code: "server.listen()", errors: host },
		{ code: "server.listen(0)", errors: host },
		{ code: "server.listen(0, () => resolve())", errors: host },
		{ code: 'server.listen(0, "localhost")', errors: host },
		{ code: "server.listen({ port: 0 })", errors: host },
		{ code: "server.listen({ port, path })", errors: host },
		{ code: 'let host = "127.0.0.1"; server.listen({ port, host })', errors: host },
		{ code: 'import { host } from "./host.mjs"; server.listen(0, host)', errors: host },
		{ code: 'server.listen(0, "0.0.0.0")', errors: [...host, ...address] },
		{ code: 'const host = "::"', errors: address },
		{ code: "const url = `http://0.0.0.0:${port}`", errors: address },
		{ code: 'const args = ["--host", "localhost"]', errors: address },
		{ code: 'const args = ["--bind-addr", address]', errors: address },
		{ code: 'run("serve", "--host=localhost")', errors: address },
	],
})
