using System.Collections.Frozen;

namespace TelemetryFunctions.Privacy;

/// <summary>Names of members that say what is in them, where the value alone does not: a host may be called db1.</summary>
public static class MemberNames
{
    /// <summary>What the audit calls it.</summary>
    public const string Rule = "member-name";

    private static readonly FrozenSet<string> OfTexts = Set(
        "email mail emailaddress host hostname nodename machinename computername servername fqdn domainname ip ipaddress ipaddr ipv4 ipv6 clientip remoteaddr mac macaddress ssid bssid "
        + "user username login loginname account accountname firstname lastname surname fullname realname displayname phone phonenumber telephone mobile street streetaddress postaladdress "
        + "homedir homedirectory homepath machineid deviceid serial serialnumber imei imsi advertisingid fingerprint license licensekey password passwd passphrase secret clientsecret token accesstoken "
        + "refreshtoken apikey accesskey secretkey privatekey sessionid cookie");

    private static readonly FrozenSet<string> OfNumbers = Set("latitude longitude lat lon lng phone phonenumber imei");

    /// <summary>True where a member of this name holds something personal.</summary>
    /// <param name="name">The name, in any of the ways in which names are written: hostName, host_name, host-name.</param>
    /// <param name="isNumber">True for a number, false for a text.</param>
    public static bool LookPersonal(string name, bool isNumber) =>
        (isNumber ? OfNumbers : OfTexts).Contains(string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant());

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
