import { generateKeyPairSync, sign } from "node:crypto"

/**
 * Generates a private key and a self-signed certificate for an address, so that no key is stored in the repository. The
 * format is X.509 v1, which needs no extensions.
 * @returns both as PEM
 */
export function selfSigned(address: string): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
	const ecdsaWithSha256 = encodeDer(0x30, Buffer.from("06082a8648ce3d040302", "hex"))
	const commonName = [Buffer.from("0603550403", "hex"), encodeDer(0x0c, Buffer.from(address))]
	const name = encodeDer(0x30, encodeDer(0x31, encodeDer(0x30, ...commonName)))
	const time = (text: string) => encodeDer(0x17, Buffer.from(text))
	const tbsCertificate = encodeDer(
		0x30,
		encodeDer(0x02, Buffer.from([1])),
		ecdsaWithSha256,
		name,
		encodeDer(0x30, time("250101000000Z"), time("491231235959Z")),
		name,
		publicKey.export({ type: "spki", format: "der" }),
	)
	const signature = sign("sha256", tbsCertificate, privateKey)
	const der = encodeDer(0x30, tbsCertificate, ecdsaWithSha256, encodeDer(0x03, Buffer.from([0]), signature))
	return {
		key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`,
	}
}

/** Encodes an ASN.1 value in DER: tag, length, content. */
function encodeDer(tag: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts)
	const { length } = content
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
	return Buffer.concat([Buffer.from([tag, ...size]), content])
}
