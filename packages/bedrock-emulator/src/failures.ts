/** The HTTP status that goes with each exception name of the Bedrock Runtime API. */
const FAILURE_STATUS = {
	ValidationException: 400,
	SerializationException: 400,
	AccessDeniedException: 403,
	MissingAuthenticationTokenException: 403,
	IncompleteSignatureException: 403,
	InvalidSignatureException: 403,
	ExpiredTokenException: 403,
	ResourceNotFoundException: 404,
	UnknownOperationException: 404,
	ModelTimeoutException: 408,
	RequestEntityTooLargeException: 413,
	ModelErrorException: 424,
	ThrottlingException: 429,
	ModelNotReadyException: 429,
	InternalServerException: 500,
	NotImplementedException: 501,
	ServiceUnavailableException: 503,
} as const

export type FailureName = keyof typeof FAILURE_STATUS

/** An error response in AWS's format. Thrown anywhere while a request is processed, and sent in one place. */
export class AwsFailure extends Error {
	readonly status: number

	/** @param members further members of the error body, such as `originalStatusCode` */
	constructor(
		override readonly name: FailureName,
		message: string,
		readonly members: Record<string, unknown> = {},
	) {
		super(message)
		this.status = FAILURE_STATUS[name]
	}
}

export function invalid(message: string): AwsFailure {
	return new AwsFailure("ValidationException", message)
}

/** Refusals of the model itself, which Converse passes on. */
export function refusedByModel(message: string): AwsFailure {
	return invalid(`The model returned the following errors: ${message}`)
}
