package io.orchestrator.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code --name value} pairs behind a scenario's name. */
public record Options(Map<String, String> values) {

    public Options {
        values = Map.copyOf(values);
    }

    static Options parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("options come as --name value, not: " + name);
            }
            values.put(name.substring(2), arguments.get(i + 1));
        }
        return new Options(values);
    }

    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
