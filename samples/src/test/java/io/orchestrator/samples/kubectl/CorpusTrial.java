package io.orchestrator.samples.kubectl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What kubectl makes of files: it applies them, applies them again, and asks for the difference. Files that do not get in each
 * other's way are tried together, which takes three processes for all of them; whichever of them shows anything that has no
 * reason is then looked at alone.
 */
record CorpusTrial(Command kubectl, Path folder, List<Explanation> explanations) {

    /** Has kubectl tell what it sends. */
    private static final String TALK = "-v=10";

    private static final Pattern CHANGED = Pattern.compile("[\\w.-]+/\\S+ (created|configured)");

    /** How it went. */
    enum Result {
        /** Accepted, unchanged when applied again, without a difference to what stands. */
        WELL,
        /** Accepted, and nothing differs; but kubectl sends a patch every time, as it does to Kubernetes. */
        SENT_AGAIN,
        /** Refused, as Kubernetes refuses it. */
        REFUSED_TOO,
        /** Refused, though Kubernetes has it: what we do not have, and say that we do not. */
        NOT_SUPPORTED,
        /** Nothing in it is of a kind that is served. */
        NOTHING,
        /** Refused, and nobody has said why this is right. */
        REFUSED,
        /** It cannot be applied again. */
        REFUSED_AGAIN,
        /** Applied again it is not unchanged, and nobody has said why this is right. */
        CHANGED,
        /** What stands differs from what was applied. */
        DIFFERENT;

        boolean isWell() {
            return compareTo(NOTHING) <= 0;
        }
    }

    /** What the report says of a file. */
    record Outcome(CorpusFile file, Result result, String said) {
        String line() {
            return String.join(
                    "\t",
                    file.name().toString(),
                    result.toString(),
                    Integer.toString(file.manifests().size()),
                    String.join(" ", file.otherKinds()),
                    said.strip().replace("\n", " / "));
        }
    }

    /** The outcome of each. Those that have none are to be tried alone, somewhere else. */
    List<Outcome> of(List<CorpusFile> files) throws IOException, InterruptedException {
        Command.Ended first = kubectl.run(apply(files));
        List<CorpusFile> taken =
                files.stream().filter(file -> allAre("created", file, first)).toList();
        if (taken.isEmpty()) {
            return List.of();
        }
        Command.Ended second = kubectl.run(with("apply", taken, TALK));
        Map<String, Set<String>> sent = SentPatches.fields(second.output());
        boolean same = kubectl.run(with("diff", taken)).code() == 0;
        List<Outcome> outcomes = new ArrayList<>();
        for (CorpusFile file : taken) {
            Outcome outcome = allAre("unchanged", file, second)
                    ? new Outcome(file, Result.WELL, "")
                    : sentAgain(
                            file,
                            sent.entrySet().stream()
                                    .filter(each -> file.paths().contains(each.getKey()))
                                    .flatMap(each -> each.getValue().stream())
                                    .collect(Collectors.toCollection(TreeSet::new)));
            outcomes.add(same && outcome.result().isWell() ? outcome : again(file));
        }
        return outcomes;
    }

    /** Whether an apply said this of every object of a file. */
    private static boolean allAre(String what, CorpusFile file, Command.Ended ended) {
        Set<String> said = ended.output().lines().collect(Collectors.toSet());
        return file.names().stream().allMatch(name -> said.contains(name + " " + what));
    }

    Outcome of(CorpusFile file) throws IOException, InterruptedException {
        if (file.manifests().isEmpty()) {
            return new Outcome(file, Result.NOTHING, "");
        }
        Command.Ended first = kubectl.run(apply(List.of(file)));
        return first.code() == 0 ? again(file) : refused(file, first.output());
    }

    private Outcome refused(CorpusFile file, String output) {
        Outcome outcome = explained(file, Result.REFUSED_TOO, Result.REFUSED, output, refusals(output));
        return outcome.result().isWell()
                ? outcome
                : explained(file, Result.NOT_SUPPORTED, Result.REFUSED, output, refusals(output));
    }

    /** What becomes of a file that stands when it is applied again, and whether anything differs then. */
    private Outcome again(CorpusFile file) throws IOException, InterruptedException {
        Command.Ended second = kubectl.run(with("apply", List.of(file), TALK));
        if (second.code() != 0) {
            return new Outcome(file, Result.REFUSED_AGAIN, second.output());
        }
        Command.Ended diff = kubectl.run(with("diff", List.of(file)));
        if (diff.code() != 0) {
            return new Outcome(file, Result.DIFFERENT, diff.output());
        }
        if (second.output().lines().noneMatch(line -> CHANGED.matcher(line).matches())) {
            return new Outcome(file, Result.WELL, "");
        }
        return sentAgain(
                file,
                SentPatches.fields(second.output()).values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Outcome sentAgain(CorpusFile file, Set<String> sent) {
        return explained(file, Result.SENT_AGAIN, Result.CHANGED, String.join("\n", sent), sent);
    }

    private List<String> apply(List<CorpusFile> files) throws IOException {
        return with("apply", files);
    }

    /** A command on files, which are written anew for it. */
    private List<String> with(String command, List<CorpusFile> files, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        for (int i = 0; i < files.size(); i++) {
            Path copy = folder.resolve("manifests-" + i + ".yaml");
            Files.writeString(copy, files.get(i).text());
            words.addAll(List.of("-f", copy.toString()));
        }
        words.addAll(List.of(more));
        return words;
    }

    /** The lines of an output that say no. */
    private static Set<String> refusals(String output) {
        return output.lines()
                .filter(line -> !line.matches(".* (created|configured|unchanged)|Warning: .*|The .* is invalid: *|"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Outcome explained(CorpusFile file, Result where, Result otherwise, String said, Set<String> findings) {
        Set<String> reasons = new TreeSet<>();
        for (String finding : findings) {
            Optional<Explanation> found = explanations.stream()
                    .filter(explanation -> explanation.fits(where.name(), finding))
                    .findFirst();
            if (found.isEmpty()) {
                return new Outcome(file, otherwise, "unexplained: " + finding + "\n" + said);
            }
            reasons.add(found.get().reason());
        }
        reasons.remove(Explanation.COMPANION);
        return reasons.isEmpty()
                ? new Outcome(file, otherwise, said)
                : new Outcome(file, where, String.join("\n", reasons));
    }
}
