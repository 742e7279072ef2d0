package io.orchestrator.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * {@code list} names the scenarios, {@code run NAME [--option value ...]} runs one and prints a table and, as its last line, one
 * JSON object; {@code jmh ...} runs the JMH benchmarks with JMH's own arguments.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            fail("usage: list | run NAME [--option value ...] | jmh [arguments of JMH]");
            return;
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "list" -> Scenarios.all().forEach(s -> System.out.printf("%-20s %s%n", s.name(), s.description()));
            case "run" -> run(rest);
            case "jmh" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            default -> fail("no such command: " + arguments[0]);
        }
    }

    private static void run(List<String> arguments) throws Exception {
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        for (Scenario scenario : Scenarios.all()) {
            if (scenario.name().equals(name)) {
                scenario.run(Options.parse(arguments.subList(1, arguments.size())))
                        .print(System.out);
                return;
            }
        }
        fail("no such scenario: '" + name + "'; 'list' names them");
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
