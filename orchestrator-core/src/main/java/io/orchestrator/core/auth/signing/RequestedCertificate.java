package io.orchestrator.core.auth.signing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A PKCS #10 request whose sender has shown to hold the key. Immutable. */
public final class RequestedCertificate {
    private final PKCS10CertificationRequest request;
    private final List<GeneralName> names;

    private RequestedCertificate(PKCS10CertificationRequest request, List<GeneralName> names) {
        this.request = request;
        this.names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException when it cannot be read, or its signature is not by its key */
    public static RequestedCertificate parse(byte[] pem) {
        try (PEMParser parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
                throw new IllegalArgumentException("it is no certificate request");
            }
            boolean proven = request.isSignatureValid(
                    new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()));
            if (!proven) {
                throw new IllegalArgumentException("its signature is not by its key");
            }
            Extensions extensions = request.getRequestedExtensions();
            GeneralNames names = extensions == null
                    ? null
                    : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            return new RequestedCertificate(
                    request, names == null ? List.of() : Arrays.asList(names.getNames()));
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw e instanceof IllegalArgumentException plain && plain.getMessage() != null
                    ? plain
                    : new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    public String commonName() {
        List<String> names = values(BCStyle.CN);
        return names.isEmpty() ? "" : names.get(0);
    }

    public List<String> organizations() {
        return values(BCStyle.O);
    }

    /** Whether it asks for a name of this kind besides its subject. @param tag as in {@link GeneralName} */
    boolean hasName(int tag) {
        return names.stream().anyMatch(name -> name.getTagNo() == tag);
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    public PKCS10CertificationRequest request() {
        return request;
    }

    public List<GeneralName> names() {
        return names;
    }

    private List<String> values(ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN part : request.getSubject().getRDNs(type)) {
            Arrays.stream(part.getTypesAndValues())
                    .filter(each -> each.getType().equals(type))
                    .forEach(each -> values.add(IETFUtils.valueToString(each.getValue())));
        }
        return values;
    }
}
