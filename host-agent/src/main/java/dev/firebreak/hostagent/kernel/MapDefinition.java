package dev.firebreak.hostagent.kernel;

/// A map as the kernel program declares it.
record MapDefinition(
        String name, int type, int keySize, int valueSize, int maxEntries, int flags) {}
