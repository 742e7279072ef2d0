package io.orchestrator.core.auth.signing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** A PKCS #10 request whose sender has shown to hold the key. Immutable. */
public final class RequestedCertificate {
    private static final Map<String, String> ALGORITHMS =
            Map.of("1.2.840.10045.2.1", "EC", "1.2.840.113549.1.1.1", "RSA", "1.3.101.112", "Ed25519");

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
                    new JcaContentVerifierProviderBuilder().build(key(request.getSubjectPublicKeyInfo())));
            if (!proven) {
                throw new IllegalArgumentException("its signature is not by its key");
            }
            Extensions extensions = request.getRequestedExtensions();
            GeneralNames names = extensions == null
                    ? null
                    : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            return new RequestedCertificate(request, names == null ? List.of() : Arrays.asList(names.getNames()));
        } catch (IOException
                | OperatorCreationException
                | PKCSException
                | GeneralSecurityException
                | RuntimeException e) {
            throw e instanceof IllegalArgumentException plain && plain.getMessage() != null
                    ? plain
                    : new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    /** The JDK knows keys by the names of their algorithms, and not by their numbers. */
    private static PublicKey key(SubjectPublicKeyInfo info) throws IOException, GeneralSecurityException {
        String number = info.getAlgorithm().getAlgorithm().getId();
        String name = ALGORITHMS.get(number);
        if (name == null) {
            throw new IllegalArgumentException("keys of algorithm " + number + " are not known here");
        }
        return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
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

    /** Whether it asks for this DNS name and for no other name. */
    public boolean isForDnsName(String name) {
        return names.size() == 1
                && names.get(0).getTagNo() == GeneralName.dNSName
                && names.get(0).getName().toString().equals(name);
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
