package dev.firebreak.service.rest;

import jakarta.ws.rs.core.Response;

/// What went wrong, as RFC 9457 has it. Programs match on `code`; people read `detail`, which says
/// what happened, why, and what to do next.
public record Problem(String type, String title, int status, String detail, String code) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://firebreak.dev/problems/";

    static Response response(Response.Status status, String code, String detail) {
        return response(status.getStatusCode(), status.getReasonPhrase(), code, detail);
    }

    static Response response(int status, String title, String code, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(TYPES + code, title, status, detail, code))
                .build();
    }
}
