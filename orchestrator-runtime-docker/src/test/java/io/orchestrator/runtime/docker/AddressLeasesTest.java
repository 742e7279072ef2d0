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
    void anAddressIsInForceInTheContainerThatWasConnectedAndInNoOther() throws IOException {
        String address = leases.lease("pod", range).orElseThrow();
        assertThat(leases.isEnforced(address, "c1")).isFalse();
        leases.enforced(address, "c1");
        assertThat(leases.isEnforced(address, "c1")).isTrue();
        assertThat(leases.isEnforced(address, "c2")).isFalse();
        assertThat(AddressLeases.open(folder).isEnforced(address, "c1")).isTrue();
    }

    @Test
    void whatAContainerHadIsNotInForceAfterItsEnd() throws IOException {
        String address = leases.lease("pod", range).orElseThrow();
        leases.enforced(address, "c1");
        leases.ended(address, "another");
        assertThat(leases.isEnforced(address, "c1")).isTrue();
        leases.ended(address, "c1");
        assertThat(leases.isEnforced(address, "c1")).isFalse();
        assertThat(AddressLeases.open(folder).isEnforced(address, "c1")).isFalse();
        assertThat(leases.release(address, "another")).isFalse();
        assertThat(leases.release(address, "c1")).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void wordOfAContainerThatIsGoneDoesNotTakeTheAddressFromItsSuccessor() throws IOException {
        String address = leases.lease("pod", range).orElseThrow();
        leases.enforced(address, "c1");
        leases.lease("pod", range);
        assertThat(leases.release(address, "c1")).isFalse();
        leases.enforced(address, "c2");
        assertThat(leases.release(address, "c1")).isFalse();
        assertThat(leases.isEnforced(address, "c2")).isTrue();
        assertThat(leases.release(address, "c2")).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasHalfWrittenByAKilledProgramIsNotInForce() throws IOException {
        Files.writeString(folder.resolve("10.4.0.40"), "pod\nin c1");
        Files.writeString(folder.resolve("10.4.0.41"), "");
        AddressLeases read = AddressLeases.open(folder);
        assertThat(read.isEnforced("10.4.0.40", "c1")).isFalse();
        assertThat(read.isEnforced("10.4.0.41", "c1")).isFalse();
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
