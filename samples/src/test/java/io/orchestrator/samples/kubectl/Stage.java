package io.orchestrator.samples.kubectl;

import io.orchestrator.core.auth.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one version of kubectl plays one scene: a folder with the script's files, and a kubeconfig that names the scene's
 * namespace. {@code $NS} in a command or file is that namespace, {@code $NODE} the node that this version has to itself, {@code
 * $MINOR} its number, for names of what is no namespace's.
 */
final class Stage {
    private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(?:yaml|json|txt)");

    private final KubectlProgram program;
    private final Scene scene;
    private final Path folder;
    private final Map<String, String> names;
    private final Command commands;

    Stage(KubectlProgram program, Scene scene, Path folder, Kubeconfig kubeconfig, String node) throws IOException {
        this.program = program;
        this.scene = scene;
        this.folder = Files.createDirectories(folder.resolve(program.version()).resolve(scene.name()));
        String namespace = scene.name() + "-1-" + program.minor();
        this.names = Map.of("$NS", namespace, "$NODE", node, "$MINOR", Integer.toString(program.minor()));
        Path config = this.folder.resolve("kubeconfig");
        Files.writeString(config, kubeconfig.toYaml().replace("namespace: default", "namespace: " + namespace));
        this.commands = new Command(program, this.folder, config, folder.resolve("cache-" + program.version()));
    }

    /** Plays all steps for this version, one after the other, whatever becomes of each. */
    List<Played> play() throws IOException, InterruptedException {
        commands.run(List.of("create", "namespace", names.get("$NS")));
        List<Played> played = new ArrayList<>();
        for (Step step : scene.steps()) {
            if (step.isFor(program)) {
                played.add(play(step));
            }
        }
        return played;
    }

    private Played play(Step step) throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<String> words = new ArrayList<>();
        for (String word : step.words()) {
            words.add(named(word));
            Matcher file = FILE.matcher(word);
            if (file.matches()) {
                Files.writeString(folder.resolve(word), named(Scene.text(word)));
            }
        }
        Pattern expected = Pattern.compile(named(step.pattern()), Pattern.MULTILINE);
        Predicate<Command.Ended> passes = ended ->
                ended.code() == step.exit() && expected.matcher(ended.output()).find();
        Command.Ended ended = step.exit() == Step.ENDLESS
                ? commands.runUntil(words, expected)
                : step.soon() ? commands.repeatUntil(words, passes) : commands.run(words);
        return new Played(
                program,
                scene,
                step,
                String.join(" ", words),
                ended,
                passes.test(ended),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private String named(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace(name.getKey(), name.getValue());
        }
        return result;
    }

    /** What became of one step. */
    record Played(
            KubectlProgram program,
            Scene scene,
            Step step,
            String command,
            Command.Ended ended,
            boolean passed,
            Duration took) {}
}
