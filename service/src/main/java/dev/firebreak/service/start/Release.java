package dev.firebreak.service.start;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// Which release this is, as its jar was marked when it was built.
final class Release implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var marked = Optional.ofNullable(Release.class.getPackage().getImplementationVersion());
        return new String[] {"firebreak " + marked.orElse("(not packaged)")};
    }
}
