import { constantText, textOf } from "./strings.mjs"

const LOOPBACK = "127.0.0.1"
const ALL_INTERFACES = /\b0\.0\.0\.0\b|^::$/
const HOST_OPTION = /^--(host|bind-addr)$/
const OTHER_HOST_IN_TEXT = /--(host|bind-addr)[= ](?!127\.0\.0\.1)/

/**
 * Servers listen on the loopback address only: each call of a method `listen` names the host "127.0.0.1", as its second
 * argument or as the property `host` of its first one, or the `path` of a Unix socket. Node listens on all interfaces
 * when only a port is given. The addresses of all interfaces, and other values of the command-line options `--host` and
 * `--bind-addr`, are errors too.
 */
export const loopbackOnly = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			host: `Name the host "${LOOPBACK}" in the call of listen(): without a host, Node listens on all interfaces.`,
			address: `Servers listen on "${LOOPBACK}" only.`,
		},
	},
	create({ report, sourceCode }) {
		return {
			"CallExpression[callee.property.name='listen']"(node) {
				const [first, second] = node.arguments
				const properties = first?.type === "ObjectExpression" ? first.properties : []
				const valueOf = (name) => properties.find(({ key }) => key?.name === name)?.value
				if (valueOf("path") && !valueOf("port")) return
				const host = valueOf("host") ?? second
				if (constantText(host, sourceCode) !== LOOPBACK) report({ node, messageId: "host" })
			},
			"Literal, TemplateLiteral"(node) {
				const text = textOf(node)
				if (text === undefined) return
				if (ALL_INTERFACES.test(text) || OTHER_HOST_IN_TEXT.test(text) || isOtherHost(text, node))
					report({ node, messageId: "address" })
			},
		}
	},
}

/** Whether the text is a host option and the next element or argument is another host. */
function isOtherHost(text, node) {
	if (!HOST_OPTION.test(text)) return false
	const list = node.parent.elements ?? node.parent.arguments ?? []
	const value = list[list.indexOf(node) + 1]
	return value !== undefined && !(textOf(value) ?? "").startsWith(LOOPBACK)
}
