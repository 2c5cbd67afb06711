namespace TelemetryFunctions.Privacy;

/// <summary>Keys, tokens and passwords, by the forms that services give them.</summary>
internal static class Secrets
{
    private static readonly string[] Forms =
    [
        // GitHub, GitLab, Slack, npm, PyPI, Docker, Hugging Face, DigitalOcean, Shopify, SendGrid, Stripe, OpenAI, Grafana, Vault, Linear, Databricks.
        @"gh[opsur]_[A-Za-z0-9]{20}", @"github_pat_[A-Za-z0-9_]{20}", @"gl(pat|dt|rt|ptt)-[A-Za-z0-9_-]{16}", @"xox[abeprs]-[A-Za-z0-9-]{10}", @"npm_[A-Za-z0-9]{20}", @"pypi-AgE[A-Za-z0-9_-]{10}",
        @"dckr_pat_[A-Za-z0-9_-]{16}", @"hf_[A-Za-z0-9]{20}", @"do[opr]_v1_[a-f0-9]{20}", @"shp(at|ca|pa|ss)_[a-fA-F0-9]{20}", @"SG\.[A-Za-z0-9_-]{16}", @"(sk|rk|pk|whsec)_(live|test)?_?[A-Za-z0-9]{16}",
        @"sk-[A-Za-z0-9_-]{20}", @"glsa_[A-Za-z0-9]{20}", @"hv[sb]\.[A-Za-z0-9_-]{20}", @"lin_api_[A-Za-z0-9]{20}", @"dapi[a-f0-9]{32}",

        // Amazon, Google, Microsoft.
        @"(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}", @"AIza[A-Za-z0-9_-]{30}", @"ya29\.[A-Za-z0-9_-]{20}", @"(AccountKey|SharedAccessKey|SharedAccessSignature|InstrumentationKey)=", @"[?&]sig=[A-Za-z0-9%+/]{20}",

        // JSON web tokens, PEM, SSH, headers, connection strings and addresses with a password, webhooks.
        @"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8}", @"-----BEGIN [A-Z0-9 ]*(PRIVATE KEY|CERTIFICATE)", @"ssh-(rsa|ed25519|dss) AAAA", @"AGE-SECRET-KEY-1", @"([Bb]earer|[Bb]asic) [A-Za-z0-9._~+/=-]{12}",
        @"://[^\s/:@]*:[^\s/@]+@", @"hooks\.slack\.com/services/", @"discord(app)?\.com/api/webhooks/",
        @"(^|[^\p{L}])([Pp]assw(or)?d|PASSW(OR)?D|[Pp]wd|PWD|[Pp]assphrase|[Ss]ecret|SECRET|([Aa]ccess|[Aa]uth|[Rr]efresh)?_?[Tt]oken|TOKEN|[Aa]pi_?-?[Kk]ey|API_KEY|[Cc]lient_?[Ss]ecret)\s?[=:]\s?[^\s]",
    ];

    public static readonly PersonalRule Rule = PersonalRule.Of("secret", $"({string.Join('|', Forms)})");
}
