import { detail, textDetail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"

/** Rejects a block of Converse that a family cannot express: without it the request would have another meaning. */
export function refuseBlock(block: object): never {
	const kind = Object.keys(block)[0] ?? "nothing"
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- only a programming error can cause it
	throw badInput(textDetail(`A message holds a block of the kind "${kind}", which InvokeModel cannot send.`))
}

export function imageBytes(source: { bytes?: Uint8Array | undefined } | undefined): string {
	if (!source?.bytes) throw badInput(detail("request.image-empty"))
	return Buffer.from(source.bytes).toString("base64")
}
