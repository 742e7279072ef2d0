package io.orchestrator.api.model.certificates;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Which certificate is asked for, and by whom.")
@RecordBuilder
public record CertificateSigningRequestSpec(
        @Field(
                value = "The request in PEM.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        Bytes request,

        @Field(value = "Who shall sign it.", tag = 7, required = true, alwaysWritten = true)
        String signerName,

        @Field(value = "For how long it is asked to be valid.", tag = 8) @Nullable
        Integer expirationSeconds,

        @Field(
                value = "What the key may be used for.",
                tag = 5,
                listType = ListType.ATOMIC,
                enumValues = {
                    KeyUsage.SIGNING,
                    KeyUsage.USAGE_DIGITAL_SIGNATURE,
                    KeyUsage.USAGE_CONTENT_COMMITMENT,
                    KeyUsage.USAGE_KEY_ENCIPHERMENT,
                    KeyUsage.USAGE_KEY_AGREEMENT,
                    KeyUsage.USAGE_DATA_ENCIPHERMENT,
                    KeyUsage.USAGE_CERT_SIGN,
                    KeyUsage.USAGE_CRL_SIGN,
                    KeyUsage.USAGE_ENCIPHER_ONLY,
                    KeyUsage.USAGE_DECIPHER_ONLY,
                    KeyUsage.ANY,
                    KeyUsage.USAGE_SERVER_AUTH,
                    KeyUsage.USAGE_CLIENT_AUTH,
                    KeyUsage.USAGE_CODE_SIGNING,
                    KeyUsage.USAGE_EMAIL_PROTECTION,
                    KeyUsage.USAGE_SMIME,
                    KeyUsage.USAGE_I_PSEC_END_SYSTEM,
                    KeyUsage.USAGE_I_PSEC_TUNNEL,
                    KeyUsage.USAGE_I_PSEC_USER,
                    KeyUsage.TIMESTAMPING,
                    KeyUsage.USAGE_OCSP_SIGNING,
                    KeyUsage.USAGE_MICROSOFT_SGC,
                    KeyUsage.USAGE_NETSCAPE_SGC
                })
        List<String> usages,

        @Field(value = "Who asked; set by the server.", tag = 2)
        String username,

        @Field(value = "The unique id of whoever asked; set by the server.", tag = 3)
        String uid,

        @Field(value = "The groups of whoever asked; set by the server.", tag = 4, listType = ListType.ATOMIC)
        List<String> groups,

        @Field(value = "What else is known of whoever asked; set by the server.", tag = 6)
        Map<String, List<String>> extra)
        implements CertificateSigningRequestSpecBuilder.With {
    public static final CertificateSigningRequestSpec EMPTY =
            CertificateSigningRequestSpecBuilder.builder().build();

    public CertificateSigningRequestSpec {
        request = Fields.orElse(request, Bytes.EMPTY);
        signerName = Fields.text(signerName);
        usages = Fields.list(usages);
        username = Fields.text(username);
        uid = Fields.text(uid);
        groups = Fields.list(groups);
        extra = Fields.map(extra);
    }
}
