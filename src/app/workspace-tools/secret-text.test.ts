import { generateKeyPairSync } from "node:crypto"
import { describe, expect, it } from "vitest"
import { hasSecret, SECRET_TEXT_CHARACTERS } from "./secret-text"

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" })
const pem = ec.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
const sec1 = ec.privateKey.export({ type: "sec1", format: "pem" }).toString()
const publicPem = ec.publicKey.export({ type: "spki", format: "pem" }).toString()
const encrypted = ec.privateKey
	.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
	.toString()
const base64 = (text: string) => Buffer.from(text).toString("base64")
const random = "q7Zk2PpVn0LxYt5RbWcE8sHdJgMuAfKi3TzXoQ1v"

describe("hasSecret", () => {
	it.each([
		["a PKCS #8 key", pem],
		["a SEC1 key with Windows line ends", sec1.replaceAll("\n", "\r\n")],
		["an encrypted key", encrypted],
		[
			"a key with encryption headers",
			sec1.replace("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n"),
		],
		["a PGP key", `-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: x\n\n${random}${random}`],
		["a key as a JSON string", JSON.stringify({ private_key: pem })],
		["a key in source code", `const key = "-----BEGIN PRIVATE KEY-----\\n" +\n\t"${random}"`],
		["a key in base64, as in a kubeconfig", `client-key-data: ${base64(pem)}`],
		["a PuTTY key", "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none"],
		["an age key", `AGE-SECRET-KEY-1${"Q".repeat(58)}`],
		["an AWS access key id", `id=AKIA${"Q7".repeat(8)}`],
		["a temporary AWS access key id", `"ASIA${"Q7".repeat(8)}"`],
		["an AWS secret key in an INI file", `aws_secret_access_key = ${random}`],
		["an AWS secret key in JSON", JSON.stringify({ SecretAccessKey: random })],
		["an AWS secret key in the environment", `export AWS_SECRET_ACCESS_KEY='${random}'`],
		["a long-term Amazon Bedrock API key", `ABSK${base64(`BedrockAPIKey-x-at-123456789012:${random}${random}`)}`],
		["a short-term Amazon Bedrock API key", `bedrock-api-key-${base64(random + random)}`],
	])("returns true for %s", (_, text) => {
		expect(hasSecret(`# some text\n${text}\n`)).toBe(true)
	})

	it.each([
		["a public key", publicPem],
		["a public key in base64", base64(publicPem)],
		["a certificate in base64", base64(`-----BEGIN CERTIFICATE-----\n${random}${random}`)],
		[
			"a header in source code",
			'if (text.includes("-----BEGIN PRIVATE KEY-----")) throw new Error("This is a private key.")',
		],
		[
			"the example keys of AWS",
			"AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		],
		["a setting without a value", "AWS_SECRET_ACCESS_KEY=\nsecretAccessKey: process.env.KEY"],
		["hashes", `${"a1b2c3d4".repeat(5)} sha512-${random}${random}`],
	])("returns false for %s", (_, text) => {
		expect(hasSecret(text)).toBe(false)
	})

	it("finds a match that has the maximum length", () => {
		const header = `-----BEGIN ${"X".repeat(39)} PRIVATE KEY BLOCK-----`
		const longest = `${header}${"-".repeat(200)}${random}`
		expect(hasSecret(longest)).toBe(true)
		expect(longest.length).toBeLessThan(SECRET_TEXT_CHARACTERS)
	})
})
