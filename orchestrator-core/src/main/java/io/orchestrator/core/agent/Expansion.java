package io.orchestrator.core.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** {@code $(NAME)} in values, commands and arguments, as Kubernetes expands it: {@code $$} is a dollar, what is unknown stays. Pure. */
final class Expansion {
    private Expansion() {}

    static List<String> all(List<String> words, Map<String, String> variables) {
        return words.stream().map(word -> of(word, variables)).toList();
    }

    /** The same for a path, which would lead elsewhere without them. @throws ConfigFailure for a variable without a value */
    static String ofPath(String text, Map<String, String> variables) {
        Set<String> missing = new TreeSet<>();
        String path = of(text, name -> {
            String value = variables.getOrDefault(name, "");
            if (value.isEmpty()) {
                missing.add(name);
            }
            return Optional.of(value);
        });
        if (!missing.isEmpty()) {
            throw new ConfigFailure("missing value for " + String.join(", ", missing));
        }
        return path;
    }

    static String of(String text, Map<String, String> variables) {
        return of(text, name -> Optional.ofNullable(variables.get(name)));
    }

    private static String of(String text, Function<String, Optional<String>> variables) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                out.append(c);
                at++;
            } else if (text.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else if (text.charAt(at + 1) == '(' && text.indexOf(')', at) > 0) {
                int end = text.indexOf(')', at);
                String name = text.substring(at + 2, end);
                out.append(variables.apply(name).orElse(text.substring(at, end + 1)));
                at = end + 1;
            } else {
                out.append('$').append(text.charAt(at + 1));
                at += 2;
            }
        }
        return out.toString();
    }
}
