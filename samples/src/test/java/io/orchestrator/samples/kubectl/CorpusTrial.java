package io.orchestrator.samples.kubectl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What kubectl makes of a file: it applies it, applies it again, and asks for the difference. */
record CorpusTrial(Command kubectl, Path folder, List<Explanation> explanations) {

    /** How it went. */
    enum Result {
        /** Accepted, unchanged when applied again, without a difference to what stands. */
        WELL,
        /** Accepted, and nothing differs; but kubectl sends a patch every time, as it does to Kubernetes. */
        SENT_AGAIN,
        /** Refused, as Kubernetes refuses it. */
        REFUSED_TOO,
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

    Outcome of(CorpusFile file) throws IOException, InterruptedException {
        if (file.manifests().isEmpty()) {
            return new Outcome(file, Result.NOTHING, "");
        }
        Path copy = folder.resolve("manifests.yaml");
        Files.writeString(copy, file.text());
        List<String> apply = List.of("apply", "-f", copy.toString());
        Command.Ended first = kubectl.run(apply);
        if (first.code() != 0) {
            return explained(file, Result.REFUSED_TOO, Result.REFUSED, first.output(), refusals(first.output()));
        }
        Command.Ended second = kubectl.run(apply);
        if (second.code() != 0) {
            return new Outcome(file, Result.REFUSED_AGAIN, second.output());
        }
        Command.Ended diff = kubectl.run(List.of("diff", "-f", copy.toString()));
        if (diff.code() != 0) {
            return new Outcome(file, Result.DIFFERENT, diff.output());
        }
        boolean unchanged =
                second.output().lines().allMatch(line -> line.endsWith(" unchanged") || line.startsWith("Warning: "));
        if (unchanged) {
            return new Outcome(file, Result.WELL, "");
        }
        String talk =
                kubectl.run(List.of("apply", "-f", copy.toString(), "-v=10")).output();
        Set<String> sent = SentPatches.fields(talk);
        return explained(file, Result.SENT_AGAIN, Result.CHANGED, String.join("\n", sent), sent);
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
