package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeRecordsTest {
    private static final AddressRange RANGE = AddressRange.of("10.4.0.0/24").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void aProgramThatWasStartedAnewGivesBackWhatAnEarlierOneNeverConnected() throws IOException {
        made(records(), "sandbox");
        BridgeRecords anew = records();
        anew.release("sandbox");
        assertThat(folder.resolve("addresses/network")).isEmptyDirectory();
        assertThat(folder.resolve("files/network")).isEmptyDirectory();
    }

    @Test
    void wordOfASandboxOfANetworkThatIsGoneLeavesNothing() throws IOException {
        BridgeRecords records = records();
        String address = made(records, "sandbox");
        records.release("sandbox");
        assertThat(records.remove("network")).isTrue();
        records.release("network", address, "c1", "sandbox");
        records.release("sandbox");
        assertThat(folder.resolve("addresses")).isEmptyDirectory();
        assertThat(folder.resolve("files")).isEmptyDirectory();
    }

    @Test
    void filesOfASandboxThatWasMadeAgainStayWhenWordComesOfTheFirst() throws IOException {
        BridgeRecords records = records();
        String address = made(records, "sandbox");
        records.leases("network").enforced(address, new AddressLeases.Run("c1", "dawn"));
        records.release("sandbox");
        made(records, "sandbox");
        records.release("network", address, "c1", "sandbox");
        assertThat(folder.resolve("files/network/sandbox/hosts")).exists();
        assertThat(folder.resolve("addresses/network")).isNotEmptyDirectory();
    }

    @Test
    void theFolderIsShutToOthersThoughItWasThereBefore() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        made(new BridgeRecords(folder.resolve("addresses"), open), "sandbox");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatContainersCanFillIsNotWhereProgramsKeepWhatTheyRunBy() throws IOException {
        assertThat(BridgeRecords.FILES).isAbsolute();
        assertThat(BridgeRecords.FILES.startsWith("/run")).isFalse();
        made(records(), "sandbox");
        assertThat(folder.resolve("addresses/network")).isDirectoryNotContaining("glob:**hosts");
        assertThat(folder.resolve("files/network/sandbox")).isDirectoryContaining("glob:**hosts");
    }

    private BridgeRecords records() {
        return new BridgeRecords(folder.resolve("addresses"), folder.resolve("files"));
    }

    private static String made(BridgeRecords records, String sandbox) throws IOException {
        String address = records.leases("network").lease(sandbox, RANGE).orElseThrow();
        SandboxSpec spec = new SandboxSpec(
                "id",
                0,
                new PodIdentity("shop", "web", "uid"),
                "web",
                "",
                SandboxSpec.DnsSetup.engineDefault(),
                Map.of(),
                List.of(),
                SandboxSpec.Namespaces.ofPod(),
                "",
                Map.of(),
                Map.of(),
                Map.of());
        records.files("network").write(sandbox, spec, address, "");
        return address;
    }
}
