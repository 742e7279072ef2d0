package io.orchestrator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What the image of containers brings and a machine need not have: a server of files and a caller of pages that take the words
 * of busybox. The server listens at its pod's address, as the port is the whole machine's.
 */
final class MachineTools implements AutoCloseable {
    private static final String HTTPD = """
            #!/usr/bin/perl
            use IO::Socket::INET;
            my %o;
            while (my $word = shift) { $o{substr($word, 1)} = $word =~ /^-[ph]$/ ? shift : 1 }
            my $server = IO::Socket::INET->new(LocalAddr => $ENV{POD_IP}, LocalPort => $o{p}, Listen => 16, ReuseAddr => 1) or die "$!";
            while (my $caller = $server->accept) {
                my $path = (split / /, <$caller> || ' /')[1];
                print STDERR "$path\\n" if $o{vv};
                while (<$caller>) { last if /^\\r?\\n$/ }
                my $text = -f "$o{h}$path" && open(my $file, '<', "$o{h}$path") ? join('', <$file>) : undef;
                print $caller 'HTTP/1.1 ', defined $text ? '200 OK' : '404 Not Found', "\\r\\nConnection: close\\r\\nContent-Length: ",
                    length($text // ''), "\\r\\n\\r\\n", $text // '';
                close $caller;
            }
            """;
    private static final String WGET = """
            #!/usr/bin/perl
            use IO::Socket::INET;
            my ($host, $path) = $ARGV[-1] =~ m{^http://([^/]+)(/.*)$};
            my $server = IO::Socket::INET->new(PeerAddr => $host) or die "$!";
            print $server "GET $path HTTP/1.0\\r\\n\\r\\n";
            print while <$server>;
            """;

    private final Path folder;

    MachineTools() {
        try {
            folder = Files.createTempDirectory("machine-tools");
            write("httpd", HTTPD);
            write("wget", WGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How it is called. */
    String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String script) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve(name), script), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void close() {
        try {
            Files.delete(folder.resolve("httpd"));
            Files.delete(folder.resolve("wget"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
