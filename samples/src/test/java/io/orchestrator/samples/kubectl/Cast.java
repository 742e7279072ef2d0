package io.orchestrator.samples.kubectl;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which versions play which scenes.
 *
 * @param programs all that play something
 * @param chosen whether each of them plays everything
 * @param rotation where the round begins, when they take turns
 */
record Cast(List<KubectlProgram> programs, boolean chosen, long rotation) {
    /** So many versions play each scene, as far apart as they can be: what differs between versions, a run of all finds. */
    private static final int PLAYERS = 1;

    /** For one version that plays everything; the versions share the machine, so that each adds its own. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** @param versions those that play everything, as {@link KubectlProgram#chosen} has it; empty to have them take turns */
    static Cast of(List<KubectlProgram> found, String versions, long rotation) {
        return versions.isEmpty()
                ? new Cast(found, false, rotation)
                : new Cast(KubectlProgram.chosen(found, versions), true, rotation);
    }

    List<KubectlProgram> players(Scene scene) {
        if (chosen || programs.size() <= PLAYERS) {
            return programs;
        }
        return IntStream.range(0, PLAYERS)
                .mapToLong(turn -> rotation + scene.number() + (long) turn * programs.size() / PLAYERS)
                .mapToObj(turn -> programs.get(Math.floorMod(turn, programs.size())))
                .toList();
    }

    /** How long all of it may take. */
    Duration patience() {
        return PATIENCE.multipliedBy(chosen ? programs.size() : Math.min(PLAYERS, programs.size()));
    }

    /** How to have it so again. */
    String words() {
        return chosen ? "chosen versions" : "-Dkubectl.rotation=" + rotation;
    }
}
