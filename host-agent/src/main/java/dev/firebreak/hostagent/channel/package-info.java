/// Dialling the service: enrolment by a one-time token, a pinned authority, certificates that are
/// renewed, and the channel of frames. Start reading at {@link
/// dev.firebreak.hostagent.channel.Channel}.
@NullMarked
package dev.firebreak.hostagent.channel;

import org.jspecify.annotations.NullMarked;
