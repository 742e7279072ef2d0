package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The forms that a client takes, in its order. Pure. */
final class Accept {
    static final String JSON = "application/json";

    /** One of them: a media type with its parameters. */
    record Form(String mediaType, Map<String, String> parameters) {
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

        /** Whether it is a form that we can give an object in. */
        private boolean isServed() {
            boolean json = mediaType.equals(JSON) || mediaType.equals("*/*") || mediaType.equals("application/*");
            return json && (parameter("as").isEmpty() || isTable() || isMetadata());
        }

        private boolean isMeta() {
            return parameter("g").equals("meta.k8s.io")
                    && (parameter("v").equals("v1") || parameter("v").equals("v1beta1"));
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
            forms.add(new Form(pieces[0].strip().toLowerCase(Locale.ROOT), parameters));
        }
        return new Accept(forms.isEmpty() ? List.of(new Form("*/*", Map.of())) : forms);
    }

    /** The form of a table; empty when something else is wanted rather. */
    Optional<Form> table() {
        return first().filter(Form::isTable);
    }

    /** The form of an object's metadata alone; empty when something else is wanted rather. */
    Optional<Form> metadata() {
        return first().filter(Form::isMetadata);
    }

    /** The same without tables, for what has no rows. */
    Accept withoutTables() {
        return new Accept(forms.stream().filter(form -> !form.isTable()).toList());
    }

    /** The version of aggregated discovery that is taken; empty when none is. Clients before 1.30 know the beta alone. */
    Optional<String> aggregatedDiscovery() {
        return forms.stream()
                .filter(form -> form.parameter("as").equals("APIGroupDiscoveryList")
                        && form.parameter("g").equals("apidiscovery.k8s.io"))
                .map(form -> form.parameter("v"))
                .filter(version -> version.equals("v2") || version.equals("v2beta1"))
                .findFirst();
    }

    boolean takes(String mediaType) {
        return forms.stream().anyMatch(form -> form.mediaType().equals(mediaType));
    }

    /**
     * Refuses clients that take no form of an object that we have.
     *
     * @throws ApiException with reason NotAcceptable
     */
    void requireServed() {
        if (first().isEmpty()) {
            throw new ApiException(
                    Reason.NOT_ACCEPTABLE, "only the following media types are accepted: application/json");
        }
    }

    /** The first form that we can give at all. */
    private Optional<Form> first() {
        return forms.stream().filter(Form::isServed).findFirst();
    }
}
