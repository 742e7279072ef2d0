package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.testkit.runtime.Behaviour.ExecAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The contract's programs as words that {@link #behaviour} turns into behaviour. */
final class SimulatedPrograms implements RuntimePrograms {

    @Override
    public String image() {
        return "simulated:1";
    }

    @Override
    public List<String> runsForever() {
        return List.of("run");
    }

    @Override
    public List<String> computes() {
        return List.of("compute");
    }

    @Override
    public List<String> exits(int code) {
        return List.of("exit", String.valueOf(code));
    }

    @Override
    public List<String> prints(List<String> lines) {
        return Stream.concat(Stream.of("print"), lines.stream()).toList();
    }

    @Override
    public List<String> printsAndRuns(List<String> lines) {
        return Stream.concat(Stream.of("printAndRun"), lines.stream()).toList();
    }

    @Override
    public List<String> printsOnStderr(String line) {
        return prints(List.of(line));
    }

    @Override
    public List<String> ignoresTerm() {
        return List.of("ignoreTerm");
    }

    @Override
    public List<String> printsVariable(String name) {
        return List.of("variable", name);
    }

    @Override
    public List<String> printsWorkingDirectory() {
        return List.of("directory");
    }

    @Override
    public List<String> printsArguments() {
        return List.of("arguments");
    }

    @Override
    public List<String> says(String out, String err, int code) {
        return List.of("say", out, err, String.valueOf(code));
    }

    @Override
    public List<String> copiesStdin() {
        return List.of("copy");
    }

    static Optional<Behaviour> behaviour(ContainerSpec spec) {
        List<String> words = spec.command();
        List<String> rest = words.subList(1, words.size());
        Behaviour runs =
                Behaviour.runs().endsOnTerm(Duration.ZERO, CODE_ON_TERM).answers(SimulatedPrograms::exec);
        Behaviour printsAndExits = runs.thenExits(Duration.ZERO, 0);
        return Optional.of(
                switch (words.get(0)) {
                    case "run" -> runs;
                    case "compute" -> runs.uses(1_000, 1024 * 1024);
                    case "exit" -> runs.thenExits(Duration.ofMillis(1), Integer.parseInt(rest.get(0)));
                    case "print" -> printsAndExits.prints(rest);
                    case "printAndRun" -> runs.prints(rest);
                    case "ignoreTerm" -> runs.endsOnTerm(null, 0).prints(List.of("ready"));
                    case "variable" -> printsAndExits.prints(List.of(spec.env().getOrDefault(rest.get(0), "")));
                    case "directory" -> printsAndExits.prints(List.of(spec.workingDir()));
                    case "copy" -> runs;
                    case "arguments" -> printsAndExits.prints(spec.args());
                    default -> Behaviour.failsToStart("no such program: " + words.get(0));
                });
    }

    private static ExecAnswer exec(List<String> words, byte[] input) {
        if (words.isEmpty()) {
            return new ExecAnswer(new String(input, StandardCharsets.UTF_8), "", 0);
        }
        return switch (words.get(0)) {
            case "say" -> new ExecAnswer(words.get(1) + "\n", words.get(2) + "\n", Integer.parseInt(words.get(3)));
            case "copy" -> new ExecAnswer(new String(input, StandardCharsets.UTF_8), "", 0);
            default -> new ExecAnswer("", "no such program", 127);
        };
    }
}
