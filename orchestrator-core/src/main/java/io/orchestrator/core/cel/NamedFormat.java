package io.orchestrator.core.cel;

import io.orchestrator.api.meta.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The forms of texts that expressions know by name. */
enum NamedFormat {
    DNS_1123_LABEL("dns1123Label", Names::dnsLabel),
    DNS_1123_SUBDOMAIN("dns1123Subdomain", Names::dnsSubdomain),
    DNS_1035_LABEL("dns1035Label", Names::dns1035Label),
    QUALIFIED_NAME("qualifiedName", Names::qualifiedName),
    DNS_1123_LABEL_PREFIX("dns1123LabelPrefix", text -> Names.dnsLabel(prefix(text))),
    DNS_1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", text -> Names.dnsSubdomain(prefix(text))),
    DNS_1035_LABEL_PREFIX("dns1035LabelPrefix", text -> Names.dns1035Label(prefix(text))),
    LABEL_VALUE("labelValue", Names::labelValue),
    URI("uri", Url::reasonsAgainst),
    UUID("uuid", unless(TextForms::isUuid, "does not match the UUID format")),
    BYTE("byte", unless(TextForms::isBase64, "invalid base64")),
    DATE("date", unless(TextForms::isDate, "invalid date")),
    DATETIME("datetime", unless(TextForms::isDateTime, "invalid datetime"));

    private final String word;
    private final Function<String, List<String>> reasons;

    NamedFormat(String word, Function<String, List<String>> reasons) {
        this.word = word;
        this.reasons = reasons;
    }

    static Optional<NamedFormat> of(String word) {
        return List.of(values()).stream().filter(each -> each.word.equals(word)).findFirst();
    }

    /** As expressions name it. */
    String word() {
        return word;
    }

    /** Nothing where the text has this form; else the reasons against it. */
    Optional<List<String>> validate(String text) {
        List<String> found = reasons.apply(text);
        return found.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(found));
    }

    /** What a name could be that begins so: it may end with a dash here. */
    private static String prefix(String text) {
        return text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 2) + "a" : text;
    }

    private static Function<String, List<String>> unless(Predicate<String> good, String reason) {
        return text -> good.test(text) ? List.of() : List.of(reason);
    }
}
