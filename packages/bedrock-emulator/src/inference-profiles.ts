import { findApplicationProfile } from "./account-resources"
import { AwsFailure } from "./failures"
import { EMULATED_MODELS, NEW_PROFILES } from "./models"

type InferenceProfile = ReturnType<typeof createProfile>

const ACCOUNT = "123456789012"
const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:inference-profile\/(.+)$/

/** Source Regions of each profile prefix; a `global` profile can be called from every Region. */
const SOURCE_REGIONS: Readonly<Record<string, RegExp>> = {
	us: /^(us-(east|west)|ca)-/,
	eu: /^eu-/,
	apac: /^ap-/,
	jp: /^ap-northeast-[13]$/,
	au: /^ap-southeast-[24]$/,
	ca: /^ca-/,
	"us-gov": /^us-gov-/,
	global: /./,
}

/**
 * Answers GetInferenceProfile.
 *
 * @param identifier a profile id or ARN, percent-decoded
 * @throws AwsFailure (404) for a profile that does not exist
 */
export function getProfile(identifier: string, region: string): InferenceProfile {
	const application = findApplicationProfile(identifier)
	if (application) {
		const { id, modelId, regions } = application
		const modelArns = regions.map((modelRegion) => modelArn(modelRegion, modelId))
		return createProfile(id, identifier, modelArns, "APPLICATION")
	}
	const [, arnRegion = region, profileId = identifier] = ARN.exec(identifier) ?? []
	const system = listProfiles(arnRegion).find(({ inferenceProfileId }) => inferenceProfileId === profileId)
	if (system) return system
	throw new AwsFailure("ResourceNotFoundException", "The provided inference profile was not found.")
}

/** Every system-defined profile that can be called from the Region. */
export function listProfiles(region: string): InferenceProfile[] {
	const modelProfiles = EMULATED_MODELS.filter(({ retired }) => !retired).flatMap(({ id, profilePrefixes }) =>
		profilePrefixes.map((prefix) => `${prefix}.${id}`),
	)
	return [...modelProfiles, ...NEW_PROFILES]
		.filter((id) => SOURCE_REGIONS[id.slice(0, id.indexOf("."))]?.test(region))
		.map((id) => {
			const arn = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${id}`
			return createProfile(id, arn, [modelArn(region, id.slice(id.indexOf(".") + 1))], "SYSTEM_DEFINED")
		})
}

/** An inference profile as the control plane returns it, with AWS's member names. */
function createProfile(id: string, arn: string, modelArns: string[], type: "SYSTEM_DEFINED" | "APPLICATION") {
	return {
		inferenceProfileName: id,
		inferenceProfileArn: arn,
		inferenceProfileId: id,
		models: modelArns.map((modelArn) => ({ modelArn })),
		status: "ACTIVE",
		type,
	}
}

function modelArn(region: string, modelId: string): string {
	return `arn:aws:bedrock:${region}::foundation-model/${modelId}`
}
