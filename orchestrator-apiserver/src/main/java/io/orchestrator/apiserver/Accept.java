package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The forms that a client takes, those that it prefers first. Pure. */
final class Accept {
    static final String JSON = "application/json";

    private static final String ANY = "*/*";
    private static final String ANY_APPLICATION = "application/*";
    private static final String DISCOVERY_LIST = "APIGroupDiscoveryList";
    private static final double FULL = 1;

    /** One of them: a media type with its parameters. */
    record Form(String mediaType, Map<String, String> parameters, double quality) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        boolean isTable() {
            return isMeta() && parameter("as").equals("Table");
        }

        boolean isMetadata() {
            return isMeta()
                    && (parameter("as").equals("PartialObjectMetadata")
                            || parameter("as").equals("PartialObjectMetadataList"));
        }

        /** Whether it is the object itself, as it is. */
        boolean isPlain() {
            return parameter("as").isEmpty();
        }

        boolean isAggregatedDiscovery() {
            return parameter("as").equals(DISCOVERY_LIST)
                    && parameter("g").equals("apidiscovery.k8s.io")
                    && (parameter("v").equals("v2") || parameter("v").equals("v2beta1"));
        }

        private boolean isMeta() {
            return parameter("g").equals("meta.k8s.io")
                    && (parameter("v").equals("v1") || parameter("v").equals("v1beta1"));
        }

        /** How it is written; null for what we cannot write. */
        @Nullable
        Encoding known() {
            return switch (mediaType) {
                case JSON, ANY, ANY_APPLICATION -> Encoding.JSON;
                case "application/yaml" -> Encoding.YAML;
                default -> mediaType.equals(Encoding.PROTOBUF.mediaType()) ? Encoding.PROTOBUF : null;
            };
        }

        /** How it is written, of a form that has been chosen. */
        Encoding encoding() {
            Encoding known = known();
            return known == null ? Encoding.JSON : known;
        }

        private int breadth() {
            return mediaType.equals(ANY) ? 2 : mediaType.endsWith("/*") ? 1 : 0;
        }
    }

    /**
     * In what forms something can be had.
     *
     * @param tables whether it has rows
     * @param protobuf whether it has field numbers; the metadata of everything has
     */
    record Offer(boolean tables, boolean protobuf) {
        boolean has(Form form) {
            Encoding encoding = form.known();
            if (encoding == null) {
                return false;
            }
            if (form.isTable()) {
                return tables && encoding != Encoding.PROTOBUF;
            }
            return form.isMetadata() || (form.isPlain() && (protobuf || encoding != Encoding.PROTOBUF));
        }
    }

    private final List<Form> forms;

    private Accept(List<Form> forms) {
        this.forms = forms;
    }

    /** @param header may be empty, which means that anything is taken */
    static Accept parse(String header) {
        List<Form> forms = new ArrayList<>();
        for (String part : header.split(",")) {
            String[] pieces = part.strip().split(";");
            if (pieces[0].isBlank()) {
                continue;
            }
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < pieces.length; i++) {
                int equals = pieces[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            pieces[i].substring(0, equals).strip(),
                            pieces[i].substring(equals + 1).strip());
                }
            }
            double quality = quality(parameters.remove("q"));
            if (quality > 0) {
                forms.add(new Form(pieces[0].strip().toLowerCase(Locale.ROOT), parameters, quality));
            }
        }
        if (header.isBlank()) {
            forms.add(new Form(ANY, Map.of(), FULL));
        }
        forms.sort(Comparator.comparingDouble((Form form) -> -form.quality()).thenComparingInt(Form::breadth));
        return new Accept(forms);
    }

    /** What cannot be read counts in full, as Kubernetes has it. */
    private static double quality(@Nullable String said) {
        try {
            return said == null ? FULL : Double.parseDouble(said);
        } catch (NumberFormatException e) {
            return FULL;
        }
    }

    /**
     * The first of the client's forms that is on offer.
     *
     * @throws ApiException with reason NotAcceptable
     */
    Form choose(Offer offer) {
        return first(offer::has).orElseThrow(() -> notAcceptable(offer.protobuf()));
    }

    /**
     * The same for what is sent as a stream. What the client prefers decides, also where that cannot be streamed.
     *
     * @throws ApiException with reason NotAcceptable
     */
    Form chooseStream(Offer offer) {
        return first(offer::has)
                .filter(form -> form.encoding().isStreamed())
                .orElseThrow(() -> notAcceptable(offer.protobuf()));
    }

    /** The encoding of an error, which is told in JSON to who takes nothing that we have. */
    Encoding ofError() {
        return first(form -> form.known() != null).map(Form::encoding).orElse(Encoding.JSON);
    }

    /** The form of discovery: of everything at once, or in the old way, which has no parameters. */
    Form chooseDiscovery(boolean aggregated) {
        return first(form -> form.known() != null && (form.isPlain() || (aggregated && form.isAggregatedDiscovery())))
                .orElseThrow(() -> notAcceptable(true));
    }

    boolean takes(String mediaType) {
        return forms.stream().anyMatch(form -> form.mediaType().equals(mediaType));
    }

    private Optional<Form> first(Predicate<Form> wanted) {
        return forms.stream().filter(wanted).findFirst();
    }

    private static ApiException notAcceptable(boolean protobuf) {
        return new ApiException(
                Reason.NOT_ACCEPTABLE,
                "only the following media types are accepted: application/json, application/yaml"
                        + (protobuf ? ", " + Encoding.PROTOBUF.mediaType() : ""));
    }
}
