import { generateKeyPairSync, sign } from "node:crypto"

/** A key and a certificate for an address, made now: none lies in the project. X.509 v1, which needs no extensions. */
export function selfSigned(address: string): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
	const ecdsaWithSha256 = tagged(0x30, Buffer.from("06082a8648ce3d040302", "hex"))
	const commonName = [Buffer.from("0603550403", "hex"), tagged(0x0c, Buffer.from(address))]
	const name = tagged(0x30, tagged(0x31, tagged(0x30, ...commonName)))
	const time = (text: string) => tagged(0x17, Buffer.from(text))
	const certified = tagged(
		0x30,
		tagged(0x02, Buffer.from([1])),
		ecdsaWithSha256,
		name,
		tagged(0x30, time("250101000000Z"), time("491231235959Z")),
		name,
		publicKey.export({ type: "spki", format: "der" }),
	)
	const signature = sign("sha256", certified, privateKey)
	const der = tagged(0x30, certified, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature))
	return {
		key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`,
	}
}

/** ASN.1: a tag, the length, and what it holds. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts)
	const { length } = content
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
	return Buffer.concat([Buffer.from([tag, ...size]), content])
}
