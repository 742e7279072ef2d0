package io.orchestrator.core.agent;

import java.util.List;
import java.util.Map;

/** {@code $(NAME)} in values, commands and arguments, as Kubernetes expands it: {@code $$} is a dollar, what is unknown stays. Pure. */
final class Expansion {
    private Expansion() {}

    static List<String> all(List<String> words, Map<String, String> variables) {
        return words.stream().map(word -> of(word, variables)).toList();
    }

    static String of(String text, Map<String, String> variables) {
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
                out.append(variables.containsKey(name) ? variables.get(name) : text.substring(at, end + 1));
                at = end + 1;
            } else {
                out.append('$').append(text.charAt(at + 1));
                at += 2;
            }
        }
        return out.toString();
    }
}
