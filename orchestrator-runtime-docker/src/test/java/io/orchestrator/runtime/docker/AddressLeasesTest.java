package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressLeasesTest {
    private static final Instant LATER = Instant.now().plusSeconds(60);
    private static final AddressLeases.Run ONE = new AddressLeases.Run("c1", "dawn");
    private static final AddressLeases.Run TWO = new AddressLeases.Run("c2", "dawn");
    private static final Instant EARLIER = Instant.EPOCH;

    /** 10.4.0.32 to 10.4.0.62. */
    private final AddressRange range = AddressRange.of("10.4.0.0/26").orElseThrow();

    @TempDir
    private Path folder;

    private AddressLeases leases;

    @BeforeEach
    void open() throws IOException {
        leases = AddressLeases.open(folder);
    }

    @Test
    void eachHolderHasAnAddressOfItsOwnUntilThereAreNone() throws IOException {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < range.size(); i++) {
            given.add(leases.lease("pod-" + i, range).orElseThrow());
        }
        assertThat(given).hasSize(31).contains("10.4.0.32", "10.4.0.62").doesNotContain("10.4.0.63");
        assertThat(leases.lease("one-more", range)).isEmpty();
    }

    @Test
    void aHolderThatAsksAgainKeepsItsAddress() throws IOException {
        String first = leases.lease("pod", range).orElseThrow();
        assertThat(leases.lease("pod", range)).contains(first);
        assertThat(AddressLeases.open(folder).lease("pod", range)).contains(first);
    }

    @Test
    void anAddressThatWasGivenBackIsTheLastToBeGivenOutAgain() throws IOException {
        String back = leases.lease("pod", range).orElseThrow();
        leases.release("pod");
        for (int i = 1; i < range.size(); i++) {
            assertThat(leases.lease("pod-" + i, range)).isPresent().get().isNotEqualTo(back);
        }
        assertThat(leases.lease("last", range)).contains(back);
    }

    @Test
    void programsThatShareAnEngineNeverGiveOutTheSame() throws IOException {
        List<AddressLeases> programs = List.of(leases, AddressLeases.open(folder), AddressLeases.open(folder));
        Set<String> given = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> all = IntStream.range(0, 30)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        given.add(programs.get(i % 3).lease("pod-" + i, range).orElseThrow());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(given).hasSize(30);
    }

    @Test
    void anAddressIsInForceInTheRunOfTheContainerThatWasConnectedAndInNoOther() throws IOException {
        String address = leases.lease("pod", range).orElseThrow();
        assertThat(leases.isEnforced(address, ONE)).isFalse();
        leases.enforced(address, ONE);
        assertThat(leases.isEnforced(address, ONE)).isTrue();
        assertThat(leases.isEnforced(address, TWO)).isFalse();
        AddressLeases another = AddressLeases.open(folder);
        assertThat(another.isEnforced(address, ONE)).isTrue();
        assertThat(another.isEnforced(address, new AddressLeases.Run("c1", "noon")))
                .as("started anew by somebody")
                .isFalse();
    }

    @Test
    void anAddressThatAnotherProgramGaveToSomebodyElseIsNeitherUsedNorGivenBack() throws IOException {
        String address = leases.lease("slow", range).orElseThrow();
        AddressLeases another = AddressLeases.open(folder);
        another.sweep(Set.of(), LATER);
        Files.writeString(folder.resolve(address), "quick\n");
        assertThat(leases.isHeldBy(address, "slow")).isFalse();
        assertThat(leases.lease("slow", range)).isPresent().get().isNotEqualTo(address);
        assertThat(folder.resolve(address)).hasContent("quick");

        String second = another.lease("second", range).orElseThrow();
        Files.writeString(folder.resolve(second), "quick\n");
        another.release("second");
        assertThat(folder.resolve(second)).hasContent("quick");
    }

    @Test
    void askingMakesNoFolder() throws IOException {
        AddressLeases none = AddressLeases.open(folder.resolve("network/addresses"));
        assertThat(none.isEnforced("10.4.0.40", ONE)).isFalse();
        assertThat(none.release("10.4.0.40", "c1")).isFalse();
        none.sweep(Set.of(), LATER);
        assertThat(folder).isEmptyDirectory();
        assertThat(none.lease("pod", range)).isPresent();
        assertThat(Files.getPosixFilePermissions(folder.resolve("network"))).hasSize(3);
    }

    @Test
    void wordOfAContainerThatIsGoneDoesNotTakeTheAddressFromItsSuccessor() throws IOException {
        String address = leases.lease("pod", range).orElseThrow();
        leases.enforced(address, ONE);
        leases.lease("pod", range);
        assertThat(leases.release(address, "c1")).isFalse();
        leases.enforced(address, TWO);
        assertThat(leases.release(address, "c1")).isFalse();
        assertThat(leases.isEnforced(address, TWO)).isTrue();
        assertThat(leases.release(address, "c2")).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasHalfWrittenByAKilledProgramIsNotInForce() throws IOException {
        Files.writeString(folder.resolve("10.4.0.40"), "pod\nin c1 dawn");
        Files.writeString(folder.resolve("10.4.0.41"), "");
        AddressLeases read = AddressLeases.open(folder);
        assertThat(read.isEnforced("10.4.0.40", ONE)).isFalse();
        assertThat(read.isEnforced("10.4.0.41", ONE)).isFalse();
        assertThat(read.lease("pod", range)).contains("10.4.0.40");
    }

    @Test
    void aSweepGivesBackWhatIsOfNobodyAndOldEnough() throws IOException {
        leases.lease("there", range);
        String gone = leases.lease("gone", range).orElseThrow();
        Files.writeString(folder.resolve("10.4.0.1"), "");
        leases.sweep(Set.of("there"), EARLIER);
        assertThat(folder.resolve(gone)).exists();
        leases.sweep(Set.of("there"), LATER);
        assertThat(folder.toFile().list()).hasSize(1).doesNotContain(gone);
        assertThat(leases.close()).isFalse();
        leases.sweep(Set.of(), LATER);
        assertThat(leases.close()).isTrue();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderThatWentWithTheNetworkIsMadeAnew() throws IOException {
        assertThat(leases.close()).isTrue();
        assertThat(leases.lease("pod", range)).isPresent();
    }
}
