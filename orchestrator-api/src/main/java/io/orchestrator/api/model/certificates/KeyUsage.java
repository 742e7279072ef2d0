package io.orchestrator.api.model.certificates;

/** Known values of a key usage; others are stored just as well. */
public final class KeyUsage {
    public static final String SIGNING = "signing";
    public static final String USAGE_DIGITAL_SIGNATURE = "digital signature";
    public static final String USAGE_CONTENT_COMMITMENT = "content commitment";
    public static final String USAGE_KEY_ENCIPHERMENT = "key encipherment";
    public static final String USAGE_KEY_AGREEMENT = "key agreement";
    public static final String USAGE_DATA_ENCIPHERMENT = "data encipherment";
    public static final String USAGE_CERT_SIGN = "cert sign";
    public static final String USAGE_CRL_SIGN = "crl sign";
    public static final String USAGE_ENCIPHER_ONLY = "encipher only";
    public static final String USAGE_DECIPHER_ONLY = "decipher only";
    public static final String ANY = "any";
    public static final String USAGE_SERVER_AUTH = "server auth";
    public static final String USAGE_CLIENT_AUTH = "client auth";
    public static final String USAGE_CODE_SIGNING = "code signing";
    public static final String USAGE_EMAIL_PROTECTION = "email protection";
    public static final String USAGE_SMIME = "s/mime";
    public static final String USAGE_I_PSEC_END_SYSTEM = "ipsec end system";
    public static final String USAGE_I_PSEC_TUNNEL = "ipsec tunnel";
    public static final String USAGE_I_PSEC_USER = "ipsec user";
    public static final String TIMESTAMPING = "timestamping";
    public static final String USAGE_OCSP_SIGNING = "ocsp signing";
    public static final String USAGE_MICROSOFT_SGC = "microsoft sgc";
    public static final String USAGE_NETSCAPE_SGC = "netscape sgc";

    private KeyUsage() {}
}
