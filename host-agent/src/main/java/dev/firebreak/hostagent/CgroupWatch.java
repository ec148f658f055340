package dev.firebreak.hostagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells when a cgroup may have come or gone, within milliseconds. Only a hint: the agent also
/// looks by itself at short intervals, so a missed event costs time and never truth.
final class CgroupWatch implements AutoCloseable {

    private static final int MOST_WATCHED = 1_024;

    private final WatchService service;
    private final Runnable changed;
    private final Map<Path, WatchKey> watched = new HashMap<>();

    CgroupWatch(Runnable changed) {
        this.changed = changed;
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("cgroup-watch").start(this::run);
    }

    /// Watches where these directories are, or would appear.
    void look(Collection<Path> directories) {
        Set<Path> wanted =
                directories.stream()
                        .map(CgroupWatch::nearestParent)
                        .limit(MOST_WATCHED)
                        .collect(Collectors.toSet());
        watched.entrySet()
                .removeIf(each -> {
                    boolean stale = !each.getValue().isValid() || !wanted.contains(each.getKey());
                    if (stale) {
                        each.getValue().cancel();
                    }
                    return stale;
                });
        wanted.stream().filter(path -> !watched.containsKey(path)).forEach(this::register);
    }

    private void register(Path directory) {
        try {
            watched.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            // Gone meanwhile, or no inotify watches left: looking at intervals covers it.
            watched.remove(directory);
        }
    }

    private static Path nearestParent(Path directory) {
        Path parent = directory.getParent();
        while (parent != null && parent.getParent() != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        return parent == null ? directory : parent;
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                changed.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            // The agent closes.
            return;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
