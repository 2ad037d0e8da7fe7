/**
 * Files that usually contain secrets: passwords, tokens, private keys. They are listed, but their content is not read.
 * Globs, case-insensitive: without a slash for the name, with a slash for the path below the workspace folder. They
 * include the signatures of the secret scanner gitrob, except those that would also hide ordinary source code, logs and
 * start-up files of shells. docs/workspace-tools.md publishes them.
 */
export const SECRET_FILES: Readonly<Record<string, readonly string[]>> = {
	"Environment files": [
		".env*",
		"*.env",
		"*.env.{local,dev,development,test,staging,prod,production}",
		".dev.vars*",
		".flaskenv",
		".Renviron",
	],
	"Private keys": [
		"*.{pem,key,ppk,p8,p12,pfx,pkcs8,pkcs12,pk8,pvk,snk,keytab,jwk,agekey,keypair,keyring}",
		"*.{jks,jceks,bks,keystore}",
		"id_{rsa,dsa,ecdsa,ed25519,ecdsa_sk,ed25519_sk,xmss}",
		"*_{rsa,dsa,ecdsa,ed25519}",
		"ssh_host_*_key",
		"*private{-,_,.,}key{,.txt,.json,.der,.b64,.base64}",
		"secring.*",
		"*{private,secret}*.{asc,gpg,pgp}",
		"**/age/keys.txt",
		"krb5cc_*",
		"otr.private_key",
		"acme.json",
	],
	"Package managers": [
		"{,.}npmrc",
		".yarnrc{,.yml,.yaml}",
		".bunfig.toml",
		".pypirc",
		"pip.{conf,ini}",
		".condarc",
		"{,.}auth.{json,toml}",
		"nuget.config",
		"settings-security.xml",
		"**/.m2/settings.xml",
		"**/.gradle/gradle.properties",
		"**/.bundle/config",
		"hex.config",
	],
	"Sign-in of command-line tools": [
		"{,.,_}netrc",
		".authinfo",
		".git-credential*",
		".gitconfig",
		"**/gh/hosts.yml",
		"**/glab-cli/config.yml",
		"**/.config/hub",
		".sentryclirc",
		"sentry.properties",
		"ngrok.yml",
		"kaggle.json",
		"**/huggingface/token",
		".databrickscfg",
		"**/.snowsql/config",
		"**/stripe/config.toml",
		"heroku.json",
		"**/hcloud/cli.toml",
		"**/doctl/config.yaml",
		"**/{.fly,.circleci,netlify,.netlify}/{config,cli}.{yml,yaml,json}",
		"**/gitlab-runner/config.toml",
	],
	"Cloud credentials": [
		"{,.}credentials",
		"*credential{,s}.{json,csv,ini,toml,yml,yaml,xml,txt,properties,db}",
		"*accesskey{,s}.csv",
		"rootkey.csv",
		"*service{,-,_}account*.json",
		"*firebase-adminsdk*.json",
		"*{gcp,gcloud,google,gcs,firebase}{-,_}key*.json",
		"key{,file}.json",
		"adc.json",
		"client{-,_}secret*.json",
		"azureauth.{json,properties}",
		"*.azureauth",
		"azureprofile.json",
		"accesstokens.json",
		"msal_token_cache*",
		"service_principal_entries*",
		"*.publishsettings",
		"*.cscfg",
		"local.settings.json",
		".s3cfg",
		"{.boto,boto.cfg}",
		"{,.}passwd-s3fs",
		"rclone.conf",
		"{,.}tugboat",
	],
	"Tokens and secrets by name": [
		"{,.}token{,.txt,.json,.pickle}",
		"{access,refresh,auth,oauth,api,bearer,bot,github,gitlab,slack}{-,_}token{,.txt,.json}",
		"api{,-,_}key{,s}{,.txt,.json,.yml,.yaml}",
		"*secret{,s}.{json,yml,yaml,toml,ini,properties,xml,txt,conf}",
		"secret{,s}.*.{json,yml,yaml,toml}",
		"{,.}secret{,s}",
		"*.secret{,s}",
		"hudson.util.secret",
		"encrypted_data_bag_secret",
		"secret_token.rb",
	],
	"Infrastructure and deployment": [
		"*.tfstate*",
		"*.tfvars{,.json}",
		"*.tfplan",
		"{.terraformrc,terraform.rc,credentials.tfrc.json}",
		"*.vault",
		"vault.{yml,yaml,json}",
		"{,.}vault{-,_}{token,pass*}",
		"**/{group_vars,host_vars}/**/vault*",
		"knife.rb",
		"{,.}kubeconfig{,.yml,.yaml,.json,.conf,.txt}",
		"*{-,_,.}kubeconfig{,.yml,.yaml,.json,.conf}",
		"kube{,-,_}config{-,_,.}{prod,production,staging,dev,test}{,.yml,.yaml,.json}",
		"{kube-config,kube_config}{,.yml,.yaml}",
		"{admin,kubelet,controller-manager,scheduler}.conf",
		"k3s.yaml",
		"*.rkestate",
		"talosconfig",
		"{,.}docker{cfg,configjson,-config.json,config.json}",
		"{keystore,key,signing}.properties",
		"jenkins.plugins.publish_over_ssh.*.xml",
	],
	Databases: [
		"{pgpass,.pgpass,pgpass.conf}",
		"{.my,.mylogin}.cnf",
		"*.{dump,sqldump,sqlite,sqlite3,db3,rdb}",
		"{dump,backup}*.sql",
		"*{-,_,.}{dump,backup}.sql",
		"{database,mongoid,profiles,parameters}.yml",
		"robomongo.json",
		"dbeaver-data-sources.xml",
		"data{-,}sources*.{json,xml}",
		"{,.}odbc.ini",
		"*.udl",
		"ormconfig.json",
		"{,.}cqlshrc",
		"liquibase.properties",
		"flyway.conf",
		"airflow.cfg",
		"*jaas.conf",
	],
	"Servers and file transfer": [
		"{,.}htpasswd*",
		"**/etc/{passwd,shadow,gshadow}",
		"proftpdpasswd",
		"wp-config.php",
		"LocalSettings.php",
		"local_settings.py",
		"config.inc.php",
		"sftp{.json,-config,-config.json}",
		"{.ftpconfig,.ftppass,.remote-sync.json,.deployment-config.json}",
		"{filezilla,sitemanager,recentservers}.xml",
		"{ws_ftp,winscp}.ini",
		"{.msmtprc,.esmtprc,.fetchmailrc,muttrc,.muttrc,.mailrc}",
		"{,.}smbcredentials",
		"*.rd{p,g}",
	],
	"VPN and networks": [
		"*.{ovpn,tblk,pcf,nmconnection,mobileconfig}",
		"wg{0,1,2,-*}.conf",
		"**/wireguard/*.conf",
		"{ipsec.secrets,chap-secrets,pap-secrets}",
		"auth.txt",
		"vpn{-,_}*.txt",
		"wpa_supplicant*.conf",
	],
	"Browsers and password stores": [
		"*.{kdb,kdbx,psafe3,agilekeychain,opvault,1pif,1pux,keychain,keychain-db,kwallet,enpassdb}",
		"logins.json",
		"key{3,4}.db",
		"{login data,cookies,web data,local state}",
		"cookies.{txt,sqlite,json}",
		"*password{,s}.{txt,csv,xls,xlsx}",
		"passwords.{json,xml,yml,yaml}",
		"{bitwarden,lastpass,1password,dashlane,keepass}*.{csv,json,xml}",
		"*recovery{-,_}code{,s}*.txt",
		"wallet.dat",
		"utc--*",
		"{mnemonic,seed,seed{-,_,}phrase}.txt",
		"**/{.purple,purple}/accounts.xml",
		"**/{.irssi,irssi}/config",
		"*.{tpm,bek,fve}",
	],
	"Command histories": [".*_history", "consolehost_history.txt", ".dbshell"],
	"Settings of AI tools": [
		"{,.,*_,*-}mcp{,_settings,-settings,_config,-config}.json",
		"claude_desktop_config.json",
		".claude.json",
		".aider.conf.yml",
		"**/.continue/config.{json,yaml,ts}",
		"{roo,zoo,kilo}-code-settings*.json",
	],
	"Exports of this extension": ["*.bedrock-chat.{json,md}", "bedrock-usage-*.{csv,json}"],
}

/** Folders whose files are all treated as secret. `.git` stores remote URLs, which can contain passwords. */
export const SECRET_FOLDERS = [
	".git",
	".ssh",
	".aws",
	".azure",
	".gcloud",
	"gcloud",
	".oci",
	".aliyun",
	".bluemix",
	".gnupg",
	".kube",
	".docker",
	".chef",
	".dbt",
	".jfrog",
	".putty",
	".pki",
	".cloudflared",
	".envs",
	".secrets",
	".password-store",
	".mozilla",
	".thunderbird",
	".bitcoin",
	".electrum",
] as const

/** Names of committed templates. They are read, unless their content looks like a secret. */
const TEMPLATE = /\.(?:example|sample|template|tmpl|dist)$/i

const SUFFIX =
	"bak|backup|back|old|orig|original|save|saved|copy|tmp|temp|prev|previous|swp|swo|swn|rej|disabled|removed"
/** What editors, file managers and users add to the name of a copy, at its start or at its end. */
const COPY_MARK = new RegExp(
	`^(?:copy of |backup of |\\.?#|~\\$|\\._)|(?:~+|#| \\(\\d+\\)| - copy|[-_. ](?:${SUFFIX}) ?\\d*|[-_.]\\d[\\d-]*|___jb_[a-z]+___)$`,
	"i",
)
/** Vim's swap and undo files of `key.json` are `.key.json.swp` and `.key.json.un~`. */
const VIM_COPY = /^\.(.+)\.(?:sw[a-z]|un~)$/i
/** Limits the work for a hostile name of many such marks. */
const MAX_ORIGINAL_NAMES = 16

const secretNames = globs((pattern) => !pattern.includes("/"))
const secretPaths = globs((pattern) => pattern.includes("/"))

/** @param segments the path of a file below the workspace folder */
export function isSecret(segments: readonly string[]): boolean {
	const name = segments.at(-1)
	if (name === undefined) return false
	if (segments.some(isSecretFolder)) return true
	if (TEMPLATE.test(name)) return false
	const folder = segments.slice(0, -1).join("/")
	return originalNames(name).some((one) => secretNames.test(one) || secretPaths.test(`${folder}/${one}`))
}

export function isSecretFolder(name: string): boolean {
	return originalNames(name).some((one) => (SECRET_FOLDERS as readonly string[]).includes(one.toLowerCase()))
}

/** The name, and the names of which it may be a copy: `key.json` for `key.json.bak`, `key.bak.json` and `.key.json.swp`. */
function originalNames(name: string): readonly string[] {
	const names = [name]
	for (let index = 0; index < names.length && names.length < MAX_ORIGINAL_NAMES; index++) {
		const current = names[index] as string
		const [, stem = current, extension = ""] = /^(.+)(\.[^.]+)$/s.exec(current) ?? []
		const withoutMark = [current.replace(COPY_MARK, ""), stem.replace(COPY_MARK, "") + extension]
		for (const one of [...withoutMark, current.replace(VIM_COPY, "$1")])
			if (one !== "" && !names.includes(one)) names.push(one)
	}
	return names
}

function globs(isIncluded: (pattern: string) => boolean): RegExp {
	const patterns = Object.values(SECRET_FILES).flat().filter(isIncluded)
	return new RegExp(`^(?:${patterns.map(globSource).join("|")})$`, "i")
}

/** The source of a regular expression for a glob of this module. */
function globSource(glob: string): string {
	const sources: Readonly<Record<string, string>> = {
		"**/": "(?:.*/)?",
		"*": "[^/]*",
		"{": "(?:",
		"}": ")",
		",": "|",
		".": "\\.",
	}
	return glob.replace(/\*\*\/|[*{},.]/g, (token) => sources[token] as string)
}
