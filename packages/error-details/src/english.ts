/**
 * English text of every error detail, by code. `{name}` is replaced by the parameter of that name. A parameter whose
 * name ends with `Usd` is shown as an amount of money, one that ends with `Ms` as a duration; other numbers get the
 * number format of the language. Stored chats contain the codes: a code is never given another meaning.
 */
export const englishDetails = {
	/** A text as it came: an error message of the system, or one that a chat stored before details had codes. */
	text: "{text}",
	"action-failed": "That could not be done. {reason}",
	"action-not-confirmed": "Nothing was changed, since you did not allow it.",

	// Requests to Bedrock.
	"request.no-usage": "Bedrock answered without saying what it used.",
	"request.incomplete-because": "The answer broke off before its end ({reason}).",
	"request.incomplete": "The answer broke off before its end.",
	"request.cancelled": "The request was stopped.",
	"request.aws-says": "AWS says: {message}",
	"request.tier-refused": 'Bedrock refused the tier "{tier}" for {model} in {region}. Choose another tier.',
	"request.quota":
		"The account's quota for {model} is used up for the moment. All tiers share it, so wait a little and try again.",
	"request.daily-quota":
		"The account's daily quota for {model} is used up. All tiers share it. Choose another model, wait until it is available again, or request a higher quota in the AWS console (Service Quotas).",
	"request.parameter-refused": "Bedrock refuses the parameter {parameter} for {model} ({modelId}, {api}).",
	"request.prompt-too-long-for-bedrock":
		"The prompt is too long for {model}. Start a new chat, leave out attachments, or choose a model with a larger context window.",
	"request.no-capacity": "Bedrock has no room for {model} right now. Try again, or on another tier.",
	"request.clock-skew":
		"AWS refused the signature, since this machine's clock is not right. Set the clock and try again.",
	"request.permission-missing":
		"AWS refused the rights of these credentials. They need bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream for {modelId}.",
	"request.model-not-found": "{modelId} cannot be called in {region}.",
	"request.needs-profile":
		"{modelId} can be called only through an inference profile. Choose the route geo or global.",
	"request.not-accepted": "Bedrock could not accept the request.",
	"request.not-from-bedrock":
		"HTTP {status} came, but not from Bedrock. Check the network, the proxy and the endpoint.",
	"request.connection-failed":
		"The connection to Bedrock failed ({reason}). Check the network, the region and the endpoint.",
	"request.proxy-invalid": "The proxy's address is not valid. Use an address such as http://proxy.example.com:8080.",
	"request.proxy-unreachable":
		"Could not connect to the proxy {proxy} ({reason}). Check the proxy settings (VS Code: http.proxy; environment: HTTPS_PROXY).",
	"request.proxy-authentication":
		"The proxy {proxy} requires a user name and password. Add them to its address: http://USER:PASSWORD@{proxy}.",
	"request.proxy-refused":
		"The proxy {proxy} refused the connection (HTTP {status}). Check whether it allows this endpoint.",
	"request.certificate-untrusted":
		"The server's certificate is not trusted ({reason}). If your network inspects connections, set NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE to the file with its CA certificate.",
	"request.ca-file-unreadable": "Could not read the CA certificates in {path} ({reason}).",
	"request.timeout": "Bedrock did not answer in time. Try again.",
	"request.failed-unexplained": "The request failed with HTTP {status}, and nothing was said about why. Try again.",
	"request.failed": "The request failed ({name}).",
	"request.failed-with-status": "The request failed with HTTP {status} ({name}).",
	"request.api-not-supported": "{model} cannot be called through {api}.",
	"request.endpoint-invalid": "The endpoint must be https, or http on this machine.",
	"request.aws-endpoint-invalid":
		"AWS's own settings (AWS_ENDPOINT_URL, endpoint_url) send requests to {host}. The endpoint must be https, or http on this machine.",
	"request.region-invalid": '"{region}" is not an AWS region code.',
	"request.profiles-denied":
		"(The built-in table answers: the account's own profiles need the right bedrock:ListInferenceProfiles.)",
	"request.profiles-failed": "(The built-in table answers: AWS did not list the account's profiles.)",
	"request.max-tokens-invalid": "An answer cannot be limited to {maxTokens} tokens.",
	"request.temperature-invalid": "The temperature {temperature} is not between 0 and 1.",
	"request.image-is-url": "An image must be given as base64; a web address cannot be sent.",
	"request.image-type-invalid": 'An image of the kind "{mediaType}" cannot be sent: PNG, JPEG, GIF or WebP can.',
	"request.image-not-base64": "An image is not valid base64.",
	"request.image-type-differs": "An image says that it is {format}, but its bytes are something else.",
	"request.prompt-too-long":
		"The prompt is too long for {model}: {characters} characters are at least {minTokens} tokens, and it reads {maxTokens} at most.",
	"request.prompt-too-large":
		"The prompt is too large: at least {minBytes} bytes with its images, and a request takes {maxBytes} at most.",
	"request.too-many-images": "A message holds {images} images; Converse takes {max} at most. Leave some out.",
	"request.image-too-large":
		"An image has {bytes} bytes; Converse takes {maxBytes} (3.75 MB) at most. Make it smaller.",
	"request.budget-too-small": "A thinking budget of {budgetTokens} tokens is below the least, {minTokens}.",
	"request.budget-too-large":
		"A thinking budget of {budgetTokens} tokens leaves no room in an answer of at most {maxTokens} tokens.",
	"request.invoke-not-supported":
		"How {model} is asked through InvokeModel is not known here. Choose the API Converse.",
	"request.image-empty": "An image without bytes cannot be sent.",
	"request.idle": "Bedrock said nothing for {limitMs}, so the request was given up. Try again.",

	// Credentials, by signing method.
	"credentials.no-api-key-stored": "No Bedrock API key is stored for this profile. Add one in Settings.",
	"credentials.no-static-keys-stored": "No AWS access keys are stored for this profile. Add them in Settings.",
	"credentials.default-chain-missing":
		"No AWS credentials were found on this machine. Set the usual AWS environment variables (AWS_BEARER_TOKEN_BEDROCK takes a Bedrock API key), or sign in with: aws sso login.",
	"credentials.default-chain-wrong":
		"AWS does not know the credentials that were found on this machine. Check the AWS environment variables, the shared AWS files and this machine's clock.",
	"credentials.default-chain-expired":
		"The AWS credentials have expired. Renew them (for SSO: aws sso login) and try again.",
	"credentials.api-key-missing": "There is no Bedrock API key. Add one in Settings.",
	"credentials.api-key-wrong":
		"AWS does not know the Bedrock API key. Create a new one in the Amazon Bedrock console and enter it in Settings.",
	"credentials.api-key-expired":
		"The Bedrock API key has expired. Create a new one in the Amazon Bedrock console and enter it in Settings.",
	"credentials.static-keys-missing": "There are no AWS access keys. Add them in Settings.",
	"credentials.static-keys-wrong":
		"AWS does not know the stored access keys. Enter all of them again in Settings (temporary keys need their session token), and check this machine's clock.",
	"credentials.static-keys-expired":
		"The stored access keys have expired. Enter new ones, with their session token, in Settings.",
	"credentials.profile-missing":
		'The AWS profile "{profile}" gives no credentials. Check its name and its entry in the shared AWS files; for SSO, sign in with: aws sso login --profile {profile}.',
	"credentials.profile-wrong":
		'AWS does not know the keys of the AWS profile "{profile}". Check its entry in the shared AWS files and this machine\'s clock.',
	"credentials.profile-expired":
		'The credentials of the AWS profile "{profile}" have expired. Renew them (for SSO: aws sso login --profile {profile}) and try again; the files are read anew.',

	"credentials.profile-unknown": 'There is no AWS profile "{profile}" in the shared AWS files.',
	"did-you-mean": 'Did you mean "{nearest}"?',
	"credentials.sso-signed-out":
		'You are not signed in for the AWS profile "{profile}". Sign in with: aws sso login --profile {profile}',
	"credentials.process-failed":
		'The credential_process of the AWS profile "{profile}" failed. Run its command in a terminal to see why.',
	"credentials.process-expired":
		'The credential_process of the AWS profile "{profile}" returned expired credentials. Run its command in a terminal, and sign in again where it says so.',
	"credentials.environment-key-wrong":
		"AWS does not know the Bedrock API key in AWS_BEARER_TOKEN_BEDROCK. Create a new one in the Amazon Bedrock console.",
	"credentials.environment-key-expired":
		"The Bedrock API key in AWS_BEARER_TOKEN_BEDROCK has expired. Create a new one in the Amazon Bedrock console.",
	"credentials.api-key-region":
		"The Bedrock API key is for {keyRegion} only, and the request goes to {region}. Choose that region, or create a key for {region} in the Amazon Bedrock console.",

	// Model ids and ARNs.
	"model-ref.too-long": "A model id or ARN has at most 2,048 characters.",
	"model-ref.not-an-id": '"{text}" is not a Bedrock model id or ARN.',
	"model-ref.not-an-id-nearest": '"{text}" is not a Bedrock model id or ARN. Did you mean "{nearest}"?',
	"model-ref.arn-incomplete": "The ARN is not complete: it reads arn:aws:bedrock:REGION:ACCOUNT:KIND/NAME.",
	"model-ref.arn-partition":
		'The ARN\'s partition "{text}" is not valid: it must be aws, aws-cn, aws-us-gov, or another that begins with aws.',
	"model-ref.arn-service": 'The ARN is one of "{text}", not of bedrock.',
	"model-ref.arn-region": 'The ARN\'s region "{text}" is not an AWS region code.',
	"model-ref.arn-region-elsewhere": "The ARN's region {text} does not lie in its partition.",
	"model-ref.arn-no-account": "The ARN names no account: its fifth part is 12 digits.",
	"model-ref.arn-account":
		'The ARN\'s account "{text}" cannot be: it has 12 digits, and none for a foundation model.',
	"model-ref.arn-resource": 'The ARN names a "{text}", which cannot be called as a model.',
	"model-ref.arn-name": 'The ARN names nothing that can be called: "{text}".',

	// Routes from a region to a model.
	"route.not-in-catalog": "{model} is not in the catalog, so its geographic profile is not known.",
	"route.only-global":
		'{model} can be called from {region} only by the global route ({globalModelId}), which lets data leave the geography. Choose the route "global" to allow that.',
	"route.not-callable-here": "{model} cannot be called from {region}.",
	"route.no-such-route": "{model} has no {route} route from {region}.",
	"route.alternatives": "From {region} it can be called as {modelIds}.",
	"route.needs-profile": "{model} can be called only through a profile.",
	"route.no-such-profile": '{model} has no "{prefix}" profile.',

	// Chats.
	"chat.window-closed": "The window was closed or reloaded while the answer was on its way.",
	"chat.not-saved":
		"The chat could not be saved ({reason}). It goes on in this window, and is saved again with what comes next.",
	"chat.busy-elsewhere": "Another window is answering in this chat. Wait until it has ended, or start a new chat.",
	"chat.task-limit": "This task has cost {spentUsd}, and its limit is {limitUsd}. Nothing was sent.",
	"chat.not-remembered": "This window will not know its chat after a reload ({reason}). The chat itself is saved.",
	"chat.last-unreadable":
		"The chat that was open here cannot be read. Its file was left as it is, and a new chat begun.",
	"chat.parts-left-out": "Parts of this chat cannot be read and are left out. Its file as it was is kept: {path}",
	"chat.prompt-too-long":
		"has {characters} characters; the model takes {maxCharacters} at most, and most likely fewer",
	"chat.unreadable": "This chat cannot be read.",
	"chat.delete-busy": "Another window is answering in this chat. Wait until it has ended.",
	"chat.task-limit-at-least":
		"This task has cost at least {spentUsd}, and its limit is {limitUsd}. Nothing was sent.",

	"chat.tool-calls-failed":
		"The answer was stopped, because the tool calls of {count} requests in a row failed. Retry lets the model go on.",
	"chat.tool-call-cut-off":
		"The last call was cut off at the maximum length of an answer. Raise it in Settings, or ask for less at once.",

	// Attachments.
	"attachment.nothing-selected": "Nothing is selected in the editor.",
	"attachment.not-added": "It was not added: {reason}",
	"attachment.images-not-supported": "The model does not take images. Leave them out, or choose another model.",
	"attachment.image-support-unknown": "It is not known whether the model takes images, so none are sent to it.",
	"attachment.too-many-images": "A message takes {max} images at most. Leave some out.",
	"attachment.images-too-large-together":
		"The images of this chat and of this message are too large together. Leave some out, or start a new chat.",
	"attachment.not-an-image": "This is no PNG, JPEG, GIF or WebP image, or a damaged one.",
	"attachment.image-too-large": "An image may have {maxBytes} bytes at most; this one has {bytes}.",
	"attachment.image-too-wide":
		"An image may have {maxPixels} pixels a side at most; this one has {width} × {height}.",
	"attachment.empty-text": "There is no text in it.",
	"attachment.text-too-long":
		"{name} has {characters} characters; {maxCharacters} at most can be added. Select a part of it.",
	"attachment.gone": "Something that was added is no longer there. Add it again.",
	"attachment.named-gone": "{name} is no longer there. Add it again.",

	// Profiles.
	"profile.not-deletable": "{name} cannot be deleted.",
	"profile.not-found": "There is no such profile.",
	"profile.name-taken": "There is a profile “{name}” already.",

	// Validation of one field: the rest of a sentence that begins with the name of the field.
	"field.attachment-id": "is not the id of an attachment",
	"field.chat-id": "is not the id of a chat",
	"field.empty": "is empty",
	"field.too-long": "is longer than {max} characters",
	"field.control-character": "holds a control character",
	"field.invalid": "does not fit",
	"field.space": "holds a space",
	"field.region": "is not an AWS region code",
	"field.endpoint": "must be https, or http on this machine",
	"field.below": "is below {min}",
	"field.above": "is above {max}",
	"field.not-application-profile": "is not an application profile's ARN",
	"field.not-a-model-id": "must be a model id or a profile id",
	"field.duplicate-arn": "names an ARN twice",
	"field.duplicate-price": "has two prices for one model and tier",
	"field.not-above": "is not above {min}",

	// Files that the user chooses.
	"file.too-large": "The file is larger than {maxMegabytes} MB, so it was not read.",
	"file.not-text": "{path} cannot be read as text.",

	// Import from Roo Code, and export to it.
	"roo.region-missing": "No region is set, so {region} was taken.",
	"roo.region-invalid": "The region is not an AWS region code, so {region} was taken.",
	"roo.arn-invalid": "The custom ARN is not one that Bedrock takes.",
	"roo.model-missing": "No model is named that Bedrock takes, so {modelId} was taken.",
	"roo.model-read-as": "Roo Code reads {modelId} as {baseModelId}; so is it read here.",
	"roo.not-global": "Roo Code does not call {baseModelId} through the global profile, so it was not chosen.",
	"roo.tier-invalid": "The service tier is not one that can be chosen here: Standard was.",
	"roo.endpoint-off": "The endpoint is not switched on in Roo Code.",
	"roo.endpoint-invalid": "The endpoint must be https, or http on this machine, without a password.",
	"roo.thinking-off": "Thinking is not switched on in Roo Code.",
	"roo.level-replaced": "There is no level {level} here: {nearest} was taken.",
	"roo.level-unknown": "Thinking is on without a level that is known: medium was taken.",
	"roo.budget-invalid": "A thinking budget is a whole number of {minTokens} tokens or more.",
	"roo.max-tokens-invalid": "The longest answer is not a whole number of tokens.",
	"roo.temperature-zero": "Roo Code sends {temperature} for a temperature of 0.",
	"roo.temperature-invalid": "The temperature is not between 0 and 1.",
	"roo.parameter-not-sent": "{model} does not accept it, so it is not sent.",
	"roo.max-tokens-reduced": "{model} accepts {maxTokens} tokens at most, so that is sent.",
	"roo.max-tokens-raised": "{model} accepts {maxTokens} tokens at least, so that is sent.",
	"roo.key-unused": "Roo Code's {field} is set and not in use there.",
	"roo.profile-missing": "No AWS profile is named.",
	"roo.api-key-left-out": "The Bedrock API key is not among the settings: enter it again.",
	"roo.api-key-invalid": "The Bedrock API key is not valid.",
	"roo.static-keys-invalid": "The access keys are not valid: enter them again.",
	"roo.field-unknown": "There is no setting here for Roo Code's {field}.",
	"roo.field-invalid": "Roo Code's {field} could not be read.",
	"roo.too-many-profiles": "The file holds {profiles} profiles, more than {max}.",
	"roo.not-json": "This file is not JSON, so it holds no settings of Roo Code.",
	"roo.no-profiles": "This file holds no profiles of Roo Code: it is not one that Roo Code exported.",
	"roo.profile-unreadable": "It could not be read.",
	"roo.other-provider": "It is for another provider: {provider}.",
	"roo.provider-missing": "It names no provider.",
	"roo.profile-invalid": "It does not fit here: {field} {problem}.",
	"roo.no-route": "From {region} there is no such route to {modelId}, in Roo Code neither.",
	"roo.other-model-id": "Roo Code would call {rooModelId}, not {modelId}.",
	"roo.route-fixed": "Roo Code does not choose a route by itself: it is set to {route}.",
	"roo.arn-slash": "Roo Code refuses an ARN whose name has a slash in it.",
	"roo.model-unknown": "Roo Code 3.52 does not know {baseModelId} and would call Claude Sonnet 4.5 in its place.",
	"roo.api-key-not-exported": "The Bedrock API key was left out.",
	"roo.static-keys-not-exported":
		"The access keys were left out; until they are entered, Roo Code takes AWS's default chain.",
	"roo.endpoint-query-not-exported": "The query of the endpoint is not exported, since it can contain a key.",
	"roo.budget-only": "For Bedrock, Roo Code 3.52 asks for thinking by a budget only, whatever the level.",
	"roo.no-hour-caching": "Roo Code caches for 5 minutes, not for an hour.",
	"roo.temperature-zero-sent": "Roo Code sends {temperature} where the temperature is set to 0.",
	"roo.no-setting.whenTierCannotServe": "Roo Code has no setting for what to do when the tier cannot serve.",
	"roo.no-setting.api": "Roo Code has no setting for the API: it always calls Converse.",
	"roo.no-setting.http": "Roo Code has no setting for the HTTP version.",
	"roo.no-setting.declaredModels": "Roo Code has no setting for the model behind an application profile.",
	"roo.no-setting.discountPercent": "Roo Code has no setting for a negotiated discount.",
	"roo.no-setting.ownPrices": "Roo Code has no setting for own prices.",
	"roo.no-setting.idleLimitMinutes": "Roo Code has no setting for the limit of silence.",
	"roo.no-setting.backgroundTier": "Roo Code has no setting for the tier of background requests.",
	"roo.no-setting.chatTitles": "Roo Code has no setting for how chats get their titles.",

	// Stored files.
	"storage.refusal-not-saved": "The refusal of a tier could not be kept: {reason}",
	"storage.locked": "Another window does not let go of {path}.",
	"storage.file-unreadable": "A file of settings could not be read: {reason}",
	"storage.file-quarantined": "A settings file could not be read and was quarantined: {path}",
	"storage.not-quarantined": "A damaged file could not be quarantined: {reason}",
	"storage.quarantine-full":
		"A damaged file was not quarantined because {count} copies of it are already quarantined: {path}",
	"storage.prices-quarantined": "The refreshed prices could not be read and were quarantined: {path}",
	"storage.refusals-quarantined": "The remembered tier refusals could not be read and were quarantined: {path}",

	// AWS's price list.
	"price-list.redirected": "{url} answers with a redirect, which is not followed.",
	"price-list.http-status": "{url} answers with status {status}.",
	"price-list.no-body": "{url} answers with nothing.",
	"price-list.stalled": "AWS's price list sent nothing for {seconds} seconds.",
	"price-list.cancelled": "Reading AWS's price list was stopped.",
	"price-list.offline": "AWS's price list cannot be reached ({reason}).",
	"price-list.not-published": "AWS publishes no Bedrock price list for {region}.",
	"price-list.too-big": "The price list {offer} has more than {maxBytes} bytes.",
	"price-list.empty": "The price list {offer} is empty.",
	"price-list.cut": "The price list {offer} ends in the middle: it was cut on its way.",
	"price-list.not-json": "What came as the price list {offer} is not JSON.",
	"price-list.wrong-shape": "The price list {offer} is not what it was ({where}).",
	"price-list.implausible-shape":
		"The price list cannot be right: none of the catalog's prices is in it, so its form must have changed. Nothing was changed.",
	"price-list.implausible-change":
		"The price list cannot be right: {price} would go from ${oldUsdPerMTok} to ${newUsdPerMTok} per million tokens. Nothing was changed.",
	"price-list.implausible-price":
		"The price list cannot be right: {price} would be ${usdPerMTok} per million tokens, far from the model's other prices. Nothing was changed.",
	"price-list.implausible-many":
		"The price list cannot be right: {changed} of {compared} prices would change by more than {percent} %. Nothing was changed.",
} as const satisfies Readonly<Record<string, string>>
