// Made by `make types` from the server's structs and routes. Do not edit.

export interface paths {
    "/api/ai/calibration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well the AI agent's confidence holds */
        get: operations["get_calibration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/calibration/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hold fast what was learned at one time */
        put: operations["pin_calibrator"];
        post?: never;
        /** Let reviews decide again */
        delete: operations["unpin_calibrator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that must hold, and the last runs */
        get: operations["list_checks"];
        put?: never;
        /** Keep a question that must hold */
        post: operations["keep_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/checks/{check_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ask a question no more */
        delete: operations["drop_check"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/checks/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask all of them now */
        post: operations["run_checks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/checks/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop asking */
        post: operations["stop_checks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/decisions/{decision_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what a draft is worth */
        put: operations["review_decision"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/decisions/{decision_id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer the customer with a suggestion */
        post: operations["send_suggestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download training data, or where each of its lines comes from */
        get: operations["export_training"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/fine-tuning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is trained and when, and the last trainings */
        get: operations["get_fine_tuning"];
        /** Say what is trained and when */
        put: operations["plan_fine_tuning"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/fine-tuning/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a training */
        post: operations["cancel_fine_tuning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/fine-tuning/{run_id}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write with what came of a training */
        post: operations["choose_fine_tuning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/fine-tuning/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a training */
        post: operations["start_fine_tuning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that the AI agent could not answer, by what they mean */
        get: operations["list_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps/{gap_id}/article": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin an article that answers them */
        post: operations["write_gap_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps/{gap_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which article answers them */
        post: operations["assign_gap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps/{gap_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing for the AI agent */
        post: operations["dismiss_gap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps/{gap_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what was decided */
        post: operations["reopen_gap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/gaps/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for unanswered questions now */
        post: operations["find_gaps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The language model of the AI agent */
        get: operations["get_ai_model"];
        /** Choose the language model of the AI agent */
        put: operations["choose_ai_model"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/model/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the language model something short */
        post: operations["try_ai_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of the AI agent's answers */
        get: operations["ai_outcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/panels/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panel: what came of the AI agent's answers */
        get: operations["ai_outcomes_panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of articles that reviews propose */
        get: operations["list_proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/proposals/{proposal_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the article */
        post: operations["accept_proposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/proposals/{proposal_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the article as it is */
        post: operations["dismiss_proposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes that were tried on questions of the past */
        get: operations["list_replays"];
        put?: never;
        /** Try an article as it would be */
        post: operations["start_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/runs/{replay_id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a change makes of each question */
        get: operations["list_replay_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/runs/{replay_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on where it was stopped */
        post: operations["resume_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/runs/{replay_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop trying */
        post: operations["stop_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/threshold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last decisions would have been at another threshold */
        get: operations["replay_threshold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/replay/writing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What trying another language model would take */
        get: operations["estimate_writing_replay"];
        put?: never;
        /** Try another language model or other instructions */
        post: operations["start_writing_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts of the AI agent that wait for a review */
        get: operations["list_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the AI agent finds articles */
        get: operations["get_search_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/tool-calls/{call_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have it done */
        post: operations["approve_tool_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/tool-calls/{call_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have it not done */
        post: operations["reject_tool_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would be exported as training data, and what not */
        get: operations["get_training"];
        /** Say whether conversations may be used for training */
        put: operations["decide_training"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/training/objections/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a contact out of training data */
        put: operations["object_to_training"];
        post?: never;
        /** Take a contact's objection back */
        delete: operations["withdraw_training_objection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What language models used, by day */
        get: operations["list_ai_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened per day; an agent's own figures for agents */
        get: operations["analytics_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/panels/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panel: a contact's history */
        get: operations["analytics_contact_panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/panels/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panel: what happened per day */
        get: operations["analytics_days_panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make all figures anew, in the background */
        post: operations["analytics_rebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report: numbers with their formulas, plots, tables */
        get: operations["analytics_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/report/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A part of a report as CSV */
        get: operations["analytics_report_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Time zone and retention of figures */
        get: operations["analytics_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change time zone or retention of figures */
        patch: operations["analytics_change_settings"];
        trace?: never;
    };
    "/api/analytics/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would go, were figures kept for so many days */
        get: operations["analytics_retention_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Articles, last changed first */
        get: operations["list_articles"];
        put?: never;
        /** Write a draft */
        post: operations["create_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One article */
        get: operations["get_article"];
        put?: never;
        post?: never;
        /** Delete an article */
        delete: operations["delete_article"];
        options?: never;
        head?: never;
        /** Change an article */
        patch: operations["update_article"];
        trace?: never;
    };
    "/api/articles/{article_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish */
        post: operations["publish_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that lead to an article */
        get: operations["list_article_questions"];
        put?: never;
        /** Have it found by a question */
        post: operations["add_article_question"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/questions/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Ask it in other words */
        put: operations["change_article_question"];
        post?: never;
        /** Remove a question */
        delete: operations["remove_article_question"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was saved, newest first */
        get: operations["list_article_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version with its text */
        get: operations["get_article_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write it anew as it was */
        post: operations["restore_article_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{article_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft again */
        post: operations["withdraw_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Categories in use */
        get: operations["list_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/categories/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a category, or merge it into another */
        post: operations["rename_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, newest first */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the password; ends all other sessions */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own sessions */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Found an organization and sign in */
        post: operations["sign_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter another organization */
        post: operations["switch_organization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket that opens the socket */
        post: operations["get_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns, newest first */
        get: operations["list_campaigns"];
        put?: never;
        /** Make a campaign, as a draft */
        post: operations["create_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign, with what it lacks */
        get: operations["get_campaign"];
        put?: never;
        post?: never;
        /** Remove a campaign that never began */
        delete: operations["delete_campaign"];
        options?: never;
        head?: never;
        /** Change a draft */
        patch: operations["update_campaign"];
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it for good */
        post: operations["cancel_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft like this one */
        post: operations["duplicate_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download who got it, as CSV */
        get: operations["export_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let nothing more go out */
        post: operations["pause_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is, counted now */
        get: operations["get_campaign_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody of the audience, and what became of each */
        get: operations["list_recipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations that began with an answer to it, newest first */
        get: operations["list_campaign_replies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of it */
        get: operations["get_campaign_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on */
        post: operations["resume_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin at a time */
        post: operations["schedule_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin now */
        post: operations["start_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it to people who work here */
        post: operations["test_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{campaign_id}/unschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make it a draft again */
        post: operations["unschedule_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/audience": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many would get it, and how many not and why */
        post: operations["preview_audience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/panels/conversation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panel: the campaign that it answers */
        get: operations["campaign_conversation_panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names of the organization's staff */
        get: operations["list_colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commerce/panels/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panel: a contact's orders */
        get: operations["commerce_contact_panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts, newest first */
        get: operations["list_contacts"];
        put?: never;
        /** Add a contact */
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One contact */
        get: operations["get_contact"];
        put?: never;
        post?: never;
        /** Remove a contact */
        delete: operations["delete_contact"];
        options?: never;
        head?: never;
        /** Change a contact */
        patch: operations["update_contact"];
        trace?: never;
    };
    "/api/contacts/{contact_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What mail a contact wants, and why it gets some not */
        get: operations["get_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{contact_id}/consents/{topic_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what mail a contact wants, on its behalf */
        put: operations["save_consent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations you may see */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set assignee and team */
        post: operations["assign_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close for good */
        post: operations["close_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/continuity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether replies that this visitor does not see are mailed */
        get: operations["get_conversation_continuity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/copilot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the copilot */
        post: operations["ask_copilot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why the AI agent did what it did */
        get: operations["list_decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/handback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give to the AI agent */
        post: operations["hand_back_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What messages were as mails */
        get: operations["list_message_mails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the thread */
        get: operations["get_thread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write an internal note */
        post: operations["note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the priority */
        post: operations["prioritize_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark as read up to a message */
        post: operations["read_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a reply by mail goes to */
        get: operations["get_recipients"];
        /** Choose whom the next reply goes to */
        put: operations["choose_recipients"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen */
        post: operations["reopen_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer the customer */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve */
        post: operations["resolve_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Snooze a conversation */
        post: operations["snooze_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/subject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the subject */
        post: operations["rename_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the AI agent suggests to answer */
        get: operations["get_suggestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add and remove tags */
        post: operations["tag_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/takeover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over from the AI agent */
        post: operations["take_over_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/tool-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes that the AI agent proposed in a conversation */
        get: operations["list_tool_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/wake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a snooze */
        post: operations["wake_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Active conversations per view */
        get: operations["count_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to a contact first */
        post: operations["start_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/copilot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the copilot can do */
        get: operations["get_copilot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/copilot/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of a request to the copilot */
        get: operations["get_copilot_request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/copilot/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find passages to quote */
        get: operations["find_articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dashboard/recent-activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened last, where you may see it */
        get: operations["dashboard_recent_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dashboard/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How things stand, each number with its formula */
        get: operations["dashboard_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** E-mail inboxes that are silent or failing */
        get: operations["list_mail_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Images of a mail that is being written */
        post: operations["sign_draft_images"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/inboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Inboxes that you can write mail from */
        get: operations["list_mail_inboxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file: the body is its bytes */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Inboxes */
        get: operations["list_inboxes"];
        put?: never;
        /** Open a chat inbox */
        post: operations["create_inbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an inbox */
        patch: operations["update_inbox"];
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/continuity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What becomes of replies that visitors do not see */
        get: operations["get_continuity"];
        /** Whether replies that visitors do not see are mailed */
        put: operations["save_continuity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An e-mail inbox */
        get: operations["get_email_inbox"];
        /** Make it an e-mail inbox */
        put: operations["connect_email"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/dkim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an inbox's mail is signed */
        get: operations["get_mail_signing"];
        /** Sign mail, or do not */
        put: operations["switch_mail_signing"];
        /** Make a key for the domain of an inbox */
        post: operations["make_mail_key"];
        /** Throw the key away */
        delete: operations["remove_mail_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/dkim/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask DNS for the record of the key */
        post: operations["check_mail_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an inbox's mail is fetched */
        get: operations["get_mailbox"];
        /** Have an inbox's mail fetched by IMAP */
        put: operations["save_mailbox"];
        post?: never;
        /** Fetch no more */
        delete: operations["remove_mailbox"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/mailbox/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try whether mail can be fetched there */
        post: operations["test_mailbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/mailing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an inbox sends mail to many */
        get: operations["get_mailing_settings"];
        /** Set how fast an inbox sends mail to many */
        put: operations["save_mailing_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mail server of an inbox */
        get: operations["get_smtp_server"];
        /** Have an inbox send by a server of its own */
        put: operations["save_smtp_server"];
        post?: never;
        /** Have an inbox send by the installation's server */
        delete: operations["remove_smtp_server"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/email/server/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a mail server */
        post: operations["test_smtp_server"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mail that came for an inbox, newest first */
        get: operations["list_mails"];
        put?: never;
        /** Write a mail to somebody first */
        post: operations["write_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inboxes/{inbox_id}/mails/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many mails are in each state */
        get: operations["count_mails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connected shops */
        get: operations["list_integrations"];
        put?: never;
        /** Connect a shop by hand */
        post: operations["connect_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A connected shop, and how far it was read */
        get: operations["get_integration"];
        put?: never;
        post?: never;
        /** Disconnect a shop */
        delete: operations["disconnect_integration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a shop delivered */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another key to a shop's API */
        put: operations["rekey_integration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What staff may have done by themselves */
        put: operations["limit_integration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop reading a shop */
        post: operations["pause_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret */
        post: operations["rotate_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/{integration_id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a shop now */
        post: operations["sync_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a shop's owner give us a key */
        post: operations["begin_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/integrations/shopify/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where Shopify sends its owner back */
        get: operations["finish_shopify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs of a status, newest first */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a queued or dead job */
        post: operations["drop_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queue a dead job again */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many jobs and refused events there are */
        get: operations["count_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that PostgreSQL refused, newest first */
        get: operations["list_dead_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/events/{event_id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a refused event */
        post: operations["drop_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/events/{event_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Announce a refused event again */
        post: operations["retry_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mailings/{mailing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far mail to many is */
        get: operations["get_mailing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mails/{mail_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mail's envelope and what became of it */
        get: operations["get_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mails/{mail_id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mail as it came */
        get: operations["download_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mails/{mail_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try to understand a mail again */
        post: operations["retry_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{message_id}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message on to people outside */
        post: operations["forward_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{message_id}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A received mail, whole */
        get: operations["get_message_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{message_id}/mail/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Whether images of this sender are always loaded */
        put: operations["decide_mail_images"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{message_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a mail that has not left */
        post: operations["undo_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-actions/{order_action_id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try once more */
        post: operations["repeat_order_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-actions/{order_action_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say yes */
        post: operations["approve_order_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-actions/{order_action_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say no */
        post: operations["reject_order_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest first */
        get: operations["list_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order */
        get: operations["get_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{order_id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done with an order */
        get: operations["list_order_actions"];
        put?: never;
        /** Have something done with an order */
        post: operations["ask_order_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{order_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order with all that belongs to it */
        get: operations["get_order_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization */
        get: operations["get_organization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the organization */
        patch: operations["update_organization"];
        trace?: never;
    };
    "/api/panels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Panels of the loaded modules, of one place or of all */
        get: operations["list_panels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your own name */
        patch: operations["update_profile"];
        trace?: never;
    };
    "/api/profile/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have set for your mail */
        get: operations["get_mail_preference"];
        /** Set how long your mail can be taken back */
        put: operations["set_mail_preference"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/realtime/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counters of this process's hub; asked from this machine alone */
        get: operations["get_realtime_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations with all these words */
        get: operations["search_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Segments, newest first */
        get: operations["list_segments"];
        put?: never;
        /** Make a segment, or a list */
        post: operations["create_segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One segment */
        get: operations["get_segment"];
        put?: never;
        post?: never;
        /** Remove a segment */
        delete: operations["delete_segment"];
        options?: never;
        head?: never;
        /** Change a segment */
        patch: operations["update_segment"];
        trace?: never;
    };
    "/api/segments/{segment_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts in it, newest first */
        get: operations["list_segment_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment_id}/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a contact is in it, or not */
        get: operations["explain_segment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment_id}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many contacts are in it */
        get: operations["count_segment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment_id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put everybody in a file on a list: the body is its bytes, as CSV */
        post: operations["import_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put contacts on a list, take some off */
        post: operations["change_segment_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many contacts a tree chooses */
        post: operations["count_tree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Why a tree chooses a contact, or not */
        post: operations["explain_tree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What contacts can be chosen by */
        get: operations["list_segment_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contacts that a tree chooses, newest first */
        post: operations["preview_tree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files and websites that knowledge is read from */
        get: operations["list_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a source and its documents */
        delete: operations["remove_source"];
        options?: never;
        head?: never;
        /** Change for whom it is, and when it is read again */
        patch: operations["update_source"];
        trace?: never;
    };
    "/api/sources/{source_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read it again */
        post: operations["read_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{source_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop reading */
        post: operations["stop_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a file read: the body is its bytes */
        post: operations["add_knowledge_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/websites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a website read */
        post: operations["add_website"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses that get no mail, newest first */
        get: operations["list_suppressions"];
        put?: never;
        /** Send nothing to an address any more */
        post: operations["create_suppression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/{suppression_id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a suppression away */
        post: operations["remove_suppression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take in a list of suppressions, or try it */
        post: operations["import_suppressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Teams */
        get: operations["list_teams"];
        put?: never;
        /** Make a team */
        post: operations["create_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a team's name and members */
        put: operations["update_team"];
        post?: never;
        /** Remove a team */
        delete: operations["delete_team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mail templates, last changed first */
        get: operations["list_templates"];
        put?: never;
        /** Write a mail template */
        post: operations["create_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One mail template */
        get: operations["get_template"];
        put?: never;
        post?: never;
        /** Delete a mail template */
        delete: operations["delete_template"];
        options?: never;
        head?: never;
        /** Change a mail template */
        patch: operations["update_template"];
        trace?: never;
    };
    "/api/templates/{template_id}/hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would help a mail template */
        get: operations["check_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mail of a template */
        get: operations["preview_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a mail template to people who work here */
        post: operations["test_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was saved, newest first */
        get: operations["list_template_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version with its blocks */
        get: operations["get_template_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write it anew as it was */
        post: operations["restore_template_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Faults and hints of what is being written */
        post: operations["check_content"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What mail templates can name */
        get: operations["list_merge_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mail of what is being written */
        post: operations["preview_content"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What mail may be about */
        get: operations["list_topics"];
        put?: never;
        /** Add a topic */
        post: operations["create_topic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/topics/{topic_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change or archive a topic */
        patch: operations["update_topic"];
        trace?: never;
    };
    "/api/topics/{topic_id}/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of what people agree to, newest first */
        get: operations["list_topic_texts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization's staff */
        get: operations["list_users"];
        put?: never;
        /** Add a member; a new account's password is shown once */
        post: operations["add_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a membership */
        delete: operations["remove_user"];
        options?: never;
        head?: never;
        /** Change a member's role */
        patch: operations["set_role"];
        trace?: never;
    };
    "/api/widget/{key}/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the help center */
        get: operations["search_help_center"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/articles/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an article */
        get: operations["read_help_center_article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say who you are */
        patch: operations["declare_contact"];
        trace?: never;
    };
    "/api/widget/{key}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The visitor's conversations */
        get: operations["list_own_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/conversations/{token}/handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Talk to a person */
        post: operations["ask_for_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/conversations/{token}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the thread */
        get: operations["get_own_thread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/conversations/{token}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seen up to a message */
        post: operations["see_own_thread"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file: the body is its bytes */
        post: operations["upload_visitor_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write; opens a conversation where none is named */
        post: operations["send_visitor_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/{key}/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who this browser is, and what the widget shows */
        post: operations["open_visitor_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workflows, newest first */
        get: operations["list_workflows"];
        put?: never;
        /** Make a workflow, as a draft */
        post: operations["create_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workflow, with its draft */
        get: operations["get_workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a workflow's draft */
        patch: operations["update_workflow"];
        trace?: never;
    };
    "/api/workflows/{workflow_id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let contacts in */
        post: operations["activate_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/enroll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a contact in */
        post: operations["enroll_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/enrollments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is or was in it, newest first */
        get: operations["list_enrollments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop everybody where he is */
        post: operations["pause_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What publishing asks: who is where */
        get: operations["preview_publish_workflow"];
        put?: never;
        /** Make the draft a version */
        post: operations["publish_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each way to resume would do */
        get: operations["preview_resume_workflow"];
        put?: never;
        /** Go on */
        post: operations["resume_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would have happened */
        post: operations["simulate_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version as it was published */
        get: operations["get_workflow_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{workflow_id}/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the segment that starts it is watched */
        get: operations["get_workflow_watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a contact is in each workflow, or not */
        get: operations["list_contact_workflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/enrollments/{enrollment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run, step by step */
        get: operations["get_enrollment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/enrollments/{enrollment_id}/exit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a contact out */
        post: operations["exit_enrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each workflow fared with who came in lately */
        get: operations["list_workflow_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The steps and triggers that definitions may be made of */
        get: operations["list_workflow_parts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that something happened to a contact */
        post: operations["signal_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Definitions ready to adapt, one for each common trigger */
        get: operations["list_workflow_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is wrong with a definition, and where */
        post: operations["validate_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/woocommerce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The keys that a shop brings */
        post: operations["finish_woocommerce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file */
        get: operations["download_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbound/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand over a mail: the body is its bytes, signed */
        post: operations["take_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail-images/{organization_id}/{message_id}/{until}/{signature}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An image from elsewhere in a mail: the address is signed */
        get: operations["get_mail_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{platform}/{event}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a shop delivers, signed */
        post: operations["take_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Ability */
        Ability: {
            alone_most: string;
            is_alone: boolean;
            /** @enum {string} */
            kind: "refund" | "cancel" | "resend";
            most: string;
            /** @enum {string} */
            trouble: "" | "not_possible" | "not_cancellable" | "under_way" | "nothing_left";
        };
        /** Accepted */
        Accepted: {
            known: boolean;
            mail_id: number;
        };
        /** AcceptInput */
        AcceptInput: {
            /** @default  */
            question: string;
            text: string;
            version: number;
        };
        /** ActionInput */
        ActionInput: {
            amount?: string | null;
            client_id: string;
            conversation_id?: number | null;
            /** @enum {string} */
            kind: "refund" | "cancel" | "resend";
            /** @default  */
            note: string;
        };
        /** ActiveCount */
        ActiveCount: {
            active: number;
            id: number;
        };
        /** Activity */
        Activity: {
            /** Format: date-time */
            at: string;
            conversation_id: number;
            /** @enum {string} */
            kind: "ticket_created" | "ticket_resolved" | "ticket_reopened" | "message_received" | "message_sent" | "ai_answered" | "handed_off";
            number: number;
            subject: string;
            text: string;
        };
        /**
         * ActorKind
         * @enum {string}
         */
        ActorKind: "user" | "visitor" | "api_key" | "ai" | "system";
        /** ActorRef */
        ActorRef: {
            id?: number | null;
            kind: components["schemas"]["ActorKind"];
            /** @default  */
            name: string;
        };
        /**
         * AgentDecided
         * @description The AI agent answered, handed over, or was overtaken; the receipt tells why.
         */
        AgentDecided: {
            decision: components["schemas"]["DecisionSummary"];
            organization_id: number;
            /** @enum {unknown} */
            type: "agent.decided";
        };
        /**
         * AgentReviewed
         * @description Somebody said what a draft of the AI agent is worth.
         */
        AgentReviewed: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            review: components["schemas"]["ReviewSummary"];
            /** @enum {unknown} */
            type: "agent.reviewed";
        };
        /** AnalyticsSettings */
        AnalyticsSettings: {
            keep_days: number | null;
            rebuilt_at: string | null;
            zone: string;
        };
        /** AnalyticsSettingsChange */
        AnalyticsSettingsChange: {
            keep_days?: number | null;
            zone?: string;
        };
        /** ArticleChanges */
        ArticleChanges: {
            audience?: "public" | "internal";
            /** @description Markdown. */
            body?: string;
            category?: string;
            kind?: "article" | "snippet";
            /** @description Two or three small letters (ISO 639), as in `de`; empty: any, or unknown. */
            language?: string;
            title?: string;
            version: number;
        };
        /** ArticleDeleted */
        ArticleDeleted: {
            article_id: number;
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "article.deleted";
        };
        /** ArticleFound */
        ArticleFound: {
            article_id: number;
            /** @enum {string} */
            audience: "public" | "internal";
            heading: string;
            text: string;
            title: string;
        };
        /** ArticleInput */
        ArticleInput: {
            /**
             * @default internal
             * @enum {string}
             */
            audience: "public" | "internal";
            /**
             * @description Markdown.
             * @default
             */
            body: string;
            /** @default  */
            category: string;
            /**
             * @default article
             * @enum {string}
             */
            kind: "article" | "snippet";
            /**
             * @description Two or three small letters (ISO 639), as in `de`; empty: any, or unknown.
             * @default
             */
            language: string;
            title: string;
        };
        /** ArticlePage */
        ArticlePage: {
            items: components["schemas"]["ArticleSummary"][];
            next: string | null;
        };
        /**
         * ArticleSaved
         * @description An article was written, changed, published or withdrawn.
         */
        ArticleSaved: {
            article: components["schemas"]["ArticleSummary"];
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "article.saved";
        };
        /**
         * ArticlesRecategorized
         * @description All articles of a category, or of a source, were given another one at once; `articles`: how many.
         */
        ArticlesRecategorized: {
            articles: number;
            by: components["schemas"]["ActorRef"];
            category: string;
            into: string;
            organization_id: number;
            /** @enum {unknown} */
            type: "articles.recategorized";
        };
        /** ArticleSummary */
        ArticleSummary: {
            /** @enum {string} */
            audience: "public" | "internal";
            category: string;
            id: number;
            /** @enum {string} */
            kind: "article" | "snippet" | "document";
            /** @default  */
            language: string;
            slug: string;
            /** @enum {string} */
            status: "draft" | "published";
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** ArticleView */
        ArticleView: {
            /** @default  */
            address: string;
            /** @enum {string} */
            audience: "public" | "internal";
            author_id: number | null;
            body: string;
            category: string;
            /** Format: date-time */
            created_at: string;
            id: number;
            /** @enum {string} */
            kind: "article" | "snippet" | "document";
            /** @default  */
            language: string;
            published_at: string | null;
            slug: string;
            source_id?: number | null;
            /** @enum {string} */
            status: "draft" | "published";
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** AskedForHuman */
        AskedForHuman: {
            asked: number;
            longest_waiting_since: string | null;
            median_wait_s: number | null;
            replied: number;
        };
        /** AssignGapInput */
        AssignGapInput: {
            article_id: number;
        };
        /** AssignInput */
        AssignInput: {
            assignee_id?: number | null;
            team_id?: number | null;
        };
        /** AuditView */
        AuditView: {
            action: string;
            actor_id: number | null;
            actor_kind: string;
            actor_name: string | null;
            /** Format: date-time */
            created_at: string;
            data: {
                [key: string]: unknown;
            };
            id: number;
            subject: string;
        };
        /**
         * Authenticate
         * @description The first frame, and later the renewal of what runs out. Staff: a `ticket`. Visitors: `token` and the widget's `key`.
         */
        Authenticate: {
            /** @default null */
            key: string | null;
            /** @enum {unknown} */
            op: "auth";
            /** @default null */
            ticket: string | null;
            /** @default null */
            token: string | null;
        };
        /**
         * Authenticated
         * @description Known, for `expires_s` seconds; also the answer to a renewal.
         */
        Authenticated: {
            expires_s?: number;
            /** @enum {unknown} */
            kind: "staff" | "visitor";
            /** @enum {unknown} */
            op: "authenticated";
        };
        /** BeginInput */
        BeginInput: {
            name: string;
            /** @enum {string} */
            platform: "shopify" | "woocommerce";
            shop: string;
        };
        /** Begun */
        Begun: {
            url: string;
        };
        /** Bin */
        Bin: {
            accuracy: number;
            confidence: number;
            high: number;
            low: number;
            n: number;
        };
        /** BusyHours */
        BusyHours: {
            counts: number[][];
            formula: string;
        };
        /** ButtonBlock */
        ButtonBlock: {
            /**
             * @default start
             * @enum {string}
             */
            align: "start" | "center" | "end";
            color?: string | null;
            label: string;
            /** @constant */
            type: "button";
            url: string;
        };
        /** ByLabel */
        ByLabel: {
            bot: number;
            human: number;
            proxy: number;
            unknown: number;
        };
        /** CalibrationView */
        CalibrationView: {
            current: components["schemas"]["CalibratorView"];
            enough: number;
            history: components["schemas"]["LearnedView"][];
            others: components["schemas"]["CalibratorView"][];
            pin: components["schemas"]["PinView"] | null;
            target: number;
        };
        /** CalibratorView */
        CalibratorView: {
            asked: number;
            auroc: number | null;
            bins: components["schemas"]["Bin"][];
            brier: number | null;
            created_at: string | null;
            ece: number | null;
            head: string;
            is_calibrated: boolean;
            lower: number | null;
            mode: string;
            model: string;
            n: number;
            precision: number | null;
            prompt_version: string;
            threshold: number;
            why: ("too_few" | "met" | "raised" | "unmet" | "alone") | "asked";
        };
        /** CampaignAudience */
        CampaignAudience: {
            exclude?: number[];
            include?: number[];
            topic_id?: number | null;
        };
        /** CampaignAudienceView */
        CampaignAudienceView: {
            audience: number;
            exact: boolean;
            recipients: number;
            skipped: {
                [key: string]: number;
            };
        };
        /** CampaignCanceled */
        CampaignCanceled: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.canceled";
        };
        /** CampaignChanges */
        CampaignChanges: {
            exclude?: number[];
            /** @description Days for which an open conversation holds a mail back; 0: none does. */
            hold_days?: number;
            inbox_id?: number | null;
            include?: number[];
            is_tracked?: boolean;
            name?: string;
            revision: number;
            topic_id?: number | null;
            variants?: components["schemas"]["CampaignVariantInput"][];
        };
        /** CampaignCopy */
        CampaignCopy: {
            client_id?: string | null;
        };
        /** CampaignDeleted */
        CampaignDeleted: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.deleted";
        };
        /** CampaignInput */
        CampaignInput: {
            client_id?: string | null;
            exclude?: number[];
            /**
             * @description Days for which an open conversation holds a mail back; 0: none does.
             * @default 3
             */
            hold_days: number;
            inbox_id?: number | null;
            include?: number[];
            /** @default true */
            is_tracked: boolean;
            name: string;
            topic_id?: number | null;
            variants?: components["schemas"]["CampaignVariantInput"][];
        };
        /**
         * CampaignMissed
         * @description Its time came and it did not begin: `reason` is `late`, or the code of what it lacks.
         */
        CampaignMissed: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            type: "campaign.missed";
        };
        /** CampaignPage */
        CampaignPage: {
            items: components["schemas"]["CampaignSummary"][];
            next: string | null;
        };
        /**
         * CampaignPaused
         * @description `reason`: empty where somebody wanted it.
         */
        CampaignPaused: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            type: "campaign.paused";
        };
        /** CampaignProblem */
        CampaignProblem: {
            code: string;
            detail: string;
            path: string;
        };
        /** CampaignProgress */
        CampaignProgress: {
            audience: number;
            detail: string;
            due_at: string | null;
            ended_at: string | null;
            failed: number;
            held: number;
            per_minute: number;
            queued: number;
            reason: string;
            sending: number;
            sent: number;
            settled: boolean;
            skipped: {
                [key: string]: number;
            };
            started_at: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "sending" | "paused" | "sent" | "canceled" | "missed";
            uncertain: number;
        };
        /** CampaignRecipient */
        CampaignRecipient: {
            address: string;
            clicked: number;
            contact_id: number;
            detail: string;
            /** Format: date-time */
            due_at: string;
            id: number;
            name: string;
            opened: number;
            reason: string;
            settled_at: string | null;
            /** @enum {string} */
            state: "queued" | "sending" | "sent" | "failed" | "uncertain" | "skipped";
            variant: string;
        };
        /** CampaignRecipientPage */
        CampaignRecipientPage: {
            items: components["schemas"]["CampaignRecipient"][];
            next: string | null;
        };
        /** CampaignReport */
        CampaignReport: {
            campaign_id: number;
            comparisons: components["schemas"]["ComparisonReport"][];
            funnel: components["schemas"]["Funnel"];
            judged_at: string | null;
            links: components["schemas"]["LinkReport"][];
            moments: components["schemas"]["MomentReport"][];
            revenue: components["schemas"]["RevenueReport"][];
            rule: number;
            rule_words: string;
            skips: components["schemas"]["SkipReport"][];
            /** @enum {string} */
            status: "draft" | "scheduled" | "sending" | "paused" | "sent" | "canceled" | "missed";
            step_s: number;
            variants: components["schemas"]["VariantReport"][];
        };
        /** CampaignResumed */
        CampaignResumed: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.resumed";
        };
        /**
         * CampaignSaved
         * @description It was made or changed, or is a draft again.
         */
        CampaignSaved: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.saved";
        };
        /** CampaignSchedule */
        CampaignSchedule: {
            /** Format: date-time */
            at: string;
            /**
             * @description Seconds after which it no longer begins by itself: it waits for somebody.
             * @default 14400
             */
            max_lateness_s: number;
            revision: number;
            /** @description Of the time zone database. */
            time_zone: string;
        };
        /** CampaignScheduled */
        CampaignScheduled: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.scheduled";
        };
        /**
         * CampaignSent
         * @description Everybody of the audience has got it, or a reason why not.
         */
        CampaignSent: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.sent";
        };
        /** CampaignStart */
        CampaignStart: {
            revision: number;
        };
        /** CampaignStarted */
        CampaignStarted: {
            by: components["schemas"]["ActorRef"];
            campaign_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "campaign.started";
        };
        /** CampaignSummary */
        CampaignSummary: {
            audience: number;
            bounced: number;
            clicked: number;
            counted_at: string | null;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            ended_at: string | null;
            failed: number;
            hold_days: number;
            id: number;
            inbox_id: number | null;
            is_tracked: boolean;
            max_lateness_s: number;
            name: string;
            opened: number;
            reason: string;
            replied: number;
            revision: number;
            scheduled_at: string | null;
            sent: number;
            settled_at: string | null;
            skipped: number;
            started_at: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "sending" | "paused" | "sent" | "canceled" | "missed";
            time_zone: string;
            topic_id: number | null;
            topic_name: string;
            uncertain: number;
            unsubscribed: number;
            /** Format: date-time */
            updated_at: string;
        };
        /** CampaignTestInput */
        CampaignTestInput: {
            contact_id?: number | null;
            to?: string[];
            /**
             * @default A
             * @enum {string}
             */
            variant: "A" | "B" | "C" | "D";
        };
        /** CampaignVariantInput */
        CampaignVariantInput: {
            template_id: number;
            /** @default 1 */
            weight: number;
        };
        /** CampaignVariantView */
        CampaignVariantView: {
            name: string;
            subject: string;
            template_id: number;
            template_name: string;
            version: number | null;
            weight: number;
        };
        /** CampaignView */
        CampaignView: {
            audience: number;
            bounced: number;
            clicked: number;
            counted_at: string | null;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            ended_at: string | null;
            exclude?: components["schemas"]["SegmentRef"][];
            failed: number;
            hold_days: number;
            hold_until: string | null;
            id: number;
            inbox_id: number | null;
            include?: components["schemas"]["SegmentRef"][];
            is_tracked: boolean;
            mailing_id: number | null;
            max_lateness_s: number;
            name: string;
            opened: number;
            problems?: components["schemas"]["CampaignProblem"][];
            reason: string;
            replied: number;
            revision: number;
            scheduled_at: string | null;
            sent: number;
            settled_at: string | null;
            skipped: number;
            started_at: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "sending" | "paused" | "sent" | "canceled" | "missed";
            time_zone: string;
            topic_id: number | null;
            topic_name: string;
            uncertain: number;
            unsubscribed: number;
            /** Format: date-time */
            updated_at: string;
            variants?: components["schemas"]["CampaignVariantView"][];
        };
        /** Candidate */
        Candidate: {
            article_id: number;
            /** @enum {string} */
            audience: "public" | "internal";
            excerpt: string;
            heading: string;
            /** @default false */
            quoted: boolean;
            score: number;
            slug: string;
            title: string;
            version: number;
        };
        /**
         * CartAbandoned
         * @description A checkout was left an hour ago; told once. Whoever acts on it looks again first (`queries.cart`): it may have been bought since.
         */
        CartAbandoned: {
            cart: components["schemas"]["CartView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "cart.abandoned";
        };
        /**
         * CartView
         * @description A checkout that was begun. `state` holds for this moment alone: `abandoned` an hour after its last change, unless it is `bought` (also where
         *         the same customer placed another order since) or `gone` from the shop.
         */
        CartView: {
            begun_at: string;
            changed_at: string;
            contact_id: number | null;
            currency: string;
            email: string;
            external_id: string;
            id: number;
            integration_id: number;
            items: components["schemas"]["Item"][];
            /** @enum {unknown} */
            platform: "custom" | "shopify" | "stripe" | "woocommerce";
            /** @enum {unknown} */
            state: "abandoned" | "bought" | "gone" | "open";
            /** Format: decimal */
            total_price: string;
            url: string;
        };
        /** CategoryChange */
        CategoryChange: {
            category: string;
            into: string;
        };
        /** CategoryCount */
        CategoryCount: {
            articles: number;
            category: string;
        };
        /** CheckedDefinition */
        CheckedDefinition: {
            definition: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["Problem"][];
        };
        /** CheckInput */
        CheckInput: {
            article_id?: number | null;
            /** @enum {string} */
            expects: "answer" | "handover";
            question: string;
        };
        /** CheckResultView */
        CheckResultView: {
            /** @enum {string} */
            changed: "" | "broken" | "mended";
            confidence: number | null;
            held: boolean;
            /** @enum {string} */
            outcome: "answered" | "asked_back" | "handed_over";
            title: string;
        };
        /** ChecksView */
        ChecksView: {
            checks: components["schemas"]["CheckView"][];
            evaluations: components["schemas"]["EvaluationView"][];
            most: number;
        };
        /** CheckView */
        CheckView: {
            article: components["schemas"]["GapArticle"] | null;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** @enum {string} */
            expects: "answer" | "handover";
            id: number;
            last: components["schemas"]["CheckResultView"] | null;
            question: string;
            /** @enum {string} */
            source: "review" | "hand";
        };
        /** ChoiceView */
        ChoiceView: {
            label: string;
            value: string;
        };
        /** ChosenView */
        ChosenView: {
            bcc: components["schemas"]["PersonView"][];
            cc: components["schemas"]["PersonView"][];
            to: components["schemas"]["PersonView"][];
        };
        /** ClauseView */
        ClauseView: {
            found?: unknown;
            holds: boolean;
            path: string;
        };
        ClientFrame: components["schemas"]["Authenticate"] | components["schemas"]["Subscribe"] | components["schemas"]["SetTyping"] | components["schemas"]["SetView"] | components["schemas"]["SetPresence"] | components["schemas"]["Ping"];
        /** Colleague */
        Colleague: {
            id: number;
            name: string;
        };
        /** Column */
        Column: {
            blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"])[];
        };
        /** ColumnsBlock */
        ColumnsBlock: {
            columns: components["schemas"]["Column"][];
            /** @constant */
            type: "columns";
        };
        /** ColumnView */
        ColumnView: {
            heading: string;
            target: string;
        };
        /** Comparison */
        Comparison: {
            all: number;
            changed: number;
            divergences: components["schemas"]["Divergence"][];
            version: number;
        };
        /** ComparisonReport */
        ComparisonReport: {
            against: string;
            name: string;
            p_value: number | null;
            /** @enum {string} */
            verdict: "too_early" | "too_few" | "difference" | "no_difference";
        };
        /** Connected */
        Connected: {
            integration: components["schemas"]["IntegrationView"];
            secret: string;
        };
        /** ConnectInput */
        ConnectInput: {
            /** @default  */
            key: string;
            /** @default  */
            key_secret: string;
            name: string;
            /** @enum {string} */
            platform: "shopify" | "woocommerce" | "stripe" | "custom";
            secret?: string | null;
            shop: string;
        };
        /** ImportReport */
        consent_structs_ImportReport: {
            added: number;
            contacts: number;
            dry_run: boolean;
            invalid: number[];
            invalid_count: number;
            known: number;
        };
        /**
         * ConsentChanged
         * @description An address wants a topic or wants it no more; `pending`: it is asked by mail, and entry `entry_id` is what it is asked to confirm.
         *
         *         `contact_ids`: contacts with that address, at most 50.
         */
        ConsentChanged: {
            address_id: number;
            by: components["schemas"]["ActorRef"];
            contact_ids: number[];
            entry_id: number;
            organization_id: number;
            /** @enum {unknown} */
            source: "confirmation" | "form" | "one_click" | "preferences" | "staff";
            /** @enum {unknown} */
            state: "pending" | "subscribed" | "unsubscribed";
            topic_id: number;
            /** @enum {unknown} */
            type: "consent.changed";
        };
        /** ConsentEntryView */
        ConsentEntryView: {
            by_name: string | null;
            /** Format: date-time */
            created_at: string;
            network: string;
            note: string;
            /** @enum {string} */
            source: "staff" | "form" | "confirmation" | "one_click" | "preferences";
            /** @enum {string} */
            state: "pending" | "subscribed" | "unsubscribed";
            text: string;
            text_version: number;
            topic_id: number;
        };
        /** ConsentInput */
        ConsentInput: {
            /** @description How you know, for the record. */
            note: string;
            /** @enum {string} */
            state: "subscribed" | "unsubscribed";
        };
        /** ConsentView */
        ConsentView: {
            changed_at: string | null;
            confirmed_at: string | null;
            /** @enum {string} */
            kind: "marketing" | "transactional";
            network: string;
            /** @enum {null|string} */
            source: "staff" | "form" | "confirmation" | "one_click" | "preferences" | null;
            state: ("pending" | "subscribed" | "unsubscribed") | "none";
            text_version: number | null;
            topic_id: number;
            topic_name: string;
            /** @enum {null|string} */
            why_not?: "no_address" | "bounced" | "complained" | "manual" | "unsubscribed" | "imported" | "topic_archived" | "opted_out" | "unconfirmed" | "no_consent" | null;
        };
        /** ContactChanges */
        ContactChanges: {
            custom_fields?: {
                [key: string]: string | number | boolean | null;
            };
            /** @description In ASCII. */
            email?: string | null;
            first_name?: string;
            last_name?: string;
            phone?: string | null;
            subscription_status?: "subscribed" | "unsubscribed" | "bounced";
            tags?: string[];
        };
        /** ContactConsents */
        ContactConsents: {
            address: string;
            contact_id: number;
            history: components["schemas"]["ConsentEntryView"][];
            suppressions: components["schemas"]["SuppressionView"][];
            topics: components["schemas"]["ConsentView"][];
        };
        /** ContactCreated */
        ContactCreated: {
            by: components["schemas"]["ActorRef"];
            contact: components["schemas"]["ContactView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "contact.created";
        };
        /**
         * ContactDeleted
         * @description `address_digest`: of its address (`contacts.addresses`), by which others forget it too; empty: it had none.
         */
        ContactDeleted: {
            /** @default  */
            address_digest: string;
            by: components["schemas"]["ActorRef"];
            contact_id: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "contact.deleted";
        };
        /** ContactInput */
        ContactInput: {
            custom_fields?: {
                [key: string]: string | number | boolean | null;
            };
            /** @description In ASCII. */
            email?: string | null;
            external_id?: string | null;
            /** @default  */
            first_name: string;
            /** @default  */
            last_name: string;
            phone?: string | null;
            tags?: string[];
        };
        /** ContactPage */
        ContactPage: {
            items: components["schemas"]["ContactView"][];
            next: string | null;
        };
        /**
         * ContactUpdated
         * @description `subscription_said`: this change says whether the contact wants mail; else its status only follows from another address, or is as it was.
         */
        ContactUpdated: {
            by: components["schemas"]["ActorRef"];
            contact: components["schemas"]["ContactView"];
            organization_id: number;
            /** @default false */
            subscription_said: boolean;
            /** @enum {unknown} */
            type: "contact.updated";
        };
        /** ContactView */
        ContactView: {
            /** Format: date-time */
            created_at: string;
            custom_fields: {
                [key: string]: unknown;
            };
            email: string | null;
            external_id: string | null;
            first_name: string;
            id: number;
            last_name: string;
            last_order_date: string | null;
            order_count: number;
            phone: string | null;
            source: string;
            /** @enum {string} */
            subscription_status: "subscribed" | "unsubscribed" | "bounced";
            tags: string[];
            total_order_value: string;
        };
        /** ContactWorkflow */
        ContactWorkflow: {
            enrollments: components["schemas"]["EnrollmentView"][];
            name: string;
            reason: string;
            refusal: components["schemas"]["EntryRefusal"] | null;
            /** @enum {string} */
            status: "draft" | "active" | "paused";
            workflow_id: number;
        };
        /** Content */
        Content: {
            blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["ColumnsBlock"] | components["schemas"]["HtmlBlock"] | components["schemas"]["FooterBlock"])[];
            /**
             * @description As in `de`; decides the direction. Empty: unknown.
             * @default
             */
            language: string;
            /** @default  */
            preheader: string;
            style?: components["schemas"]["TemplateStyle"];
            /** @default  */
            subject: string;
        };
        /** ContinuityInput */
        ContinuityInput: {
            /**
             * @description Seconds that a reply may go unseen before it is mailed.
             * @default 120
             */
            delay_s: number;
            enabled: boolean;
            mail_inbox_id?: number | null;
        };
        /** ContinuityState */
        ContinuityState: {
            /** @enum {null|string} */
            why: "stopped" | "unsubscribed" | "bounced" | null;
        };
        /** ContinuityView */
        ContinuityView: {
            delay_s: number;
            enabled: boolean;
            inbox_id: number;
            mail_inbox_id: number | null;
            mail_inboxes: components["schemas"]["MailInbox"][];
        };
        /** ConversationAssigned */
        ConversationAssigned: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @default null */
            previous_assignee_id: number | null;
            /** @default null */
            previous_team_id: number | null;
            /** @enum {unknown} */
            type: "conversation.assigned";
        };
        /** ConversationClosed */
        ConversationClosed: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.closed";
        };
        /** ConversationCounts */
        ConversationCounts: {
            ai: number;
            all: number;
            inboxes: components["schemas"]["ActiveCount"][];
            mine: number;
            teams: components["schemas"]["ActiveCount"][];
            unassigned: number;
            unread_mine: number;
        };
        /** ConversationCreated */
        ConversationCreated: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.created";
        };
        /**
         * ConversationHandedBack
         * @description A person gave the conversation (back) to the AI agent.
         */
        ConversationHandedBack: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.handed_back";
        };
        /**
         * ConversationHandedOff
         * @description The AI agent gave the conversation to people; `reason` is a `HandoffReason` or a `ChannelReason`.
         */
        ConversationHandedOff: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            type: "conversation.handed_off";
        };
        /** ConversationPage */
        ConversationPage: {
            items: components["schemas"]["ListedConversation"][];
            live_cursor: string;
            next: string | null;
        };
        /** ConversationPrioritized */
        ConversationPrioritized: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.prioritized";
        };
        /**
         * ConversationRead
         * @description One agent has read up to `seq`; only that agent's own devices hear of it.
         */
        ConversationRead: {
            conversation_id: number;
            organization_id: number;
            seq: number;
            /** @enum {unknown} */
            type: "conversation.read";
            user_id: number;
        };
        /** ConversationRenamed */
        ConversationRenamed: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.renamed";
        };
        /** ConversationReopened */
        ConversationReopened: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.reopened";
        };
        /** ConversationResolved */
        ConversationResolved: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.resolved";
        };
        /**
         * ConversationSeen
         * @description The customer has read up to `conversation.contact_read_seq`.
         */
        ConversationSeen: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.seen";
        };
        /** ConversationSnoozed */
        ConversationSnoozed: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.snoozed";
            until: string;
        };
        /** ConversationTagged */
        ConversationTagged: {
            added: string[];
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            removed: string[];
            /** @enum {unknown} */
            type: "conversation.tagged";
        };
        /**
         * ConversationTakenOver
         * @description A person took the conversation from the AI agent.
         */
        ConversationTakenOver: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.taken_over";
        };
        /** ConversationView */
        ConversationView: {
            assignee_id: number | null;
            category: string | null;
            channel: string;
            closed_at: string | null;
            contact_id: number | null;
            contact_name: string;
            contact_read_seq: number;
            /** Format: date-time */
            created_at: string;
            first_response_at: string | null;
            /** @enum {string} */
            handler: "ai" | "human";
            handler_epoch: number;
            id: number;
            inbox_id: number;
            /** Format: date-time */
            last_activity_at: string;
            last_seq: number;
            number: number;
            preview: string;
            /** @enum {string} */
            priority: "low" | "medium" | "high" | "urgent";
            public_seq: number;
            resolved_at: string | null;
            snoozed_until: string | null;
            /** @enum {string} */
            status: "open" | "pending" | "resolved" | "closed";
            subject: string;
            tags: string[];
            team_id: number | null;
            token: string;
            version: number;
            waiting_since: string | null;
        };
        /**
         * ConversationWoken
         * @description A snooze ended: its time came, somebody ended it, or the customer wrote.
         */
        ConversationWoken: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            organization_id: number;
            /** @enum {unknown} */
            type: "conversation.woken";
        };
        /** CopilotAnswer */
        CopilotAnswer: {
            /** @default  */
            model: string;
            points?: components["schemas"]["Said"][];
            sources?: components["schemas"]["Candidate"][];
            tags?: string[];
            /** @default  */
            text: string;
        };
        /** CopilotInput */
        CopilotInput: {
            /** @enum {string} */
            kind: "draft" | "summary" | "tags" | "rewrite";
            /** @enum {null|string} */
            style?: "friendlier" | "formal" | "shorter" | "grammar" | null;
            /** @default  */
            text: string;
        };
        /** CopilotState */
        CopilotState: {
            /** @enum {string} */
            reason: "" | "no_model" | "used_up";
        };
        /** CopilotView */
        CopilotView: {
            conversation_id: number;
            id: number;
            /** @enum {string} */
            kind: "draft" | "summary" | "tags" | "rewrite";
            result: components["schemas"]["CopilotAnswer"];
            /** @enum {string} */
            status: "working" | "done" | "failed";
            trouble: string;
        };
        /** CountInput */
        CountInput: {
            /** @description See core/segments/README.md. `{"all": []}` is everybody. */
            tree: {
                [key: string]: unknown;
            };
        };
        /** Counts */
        Counts: {
            ai_answered: number;
            created: number;
            handed_off: number;
            messages_received: number;
            messages_sent: number;
            reopened: number;
            resolved: number;
            resolved_by_ai: number;
        };
        /** CountView */
        CountView: {
            count: number;
            exact: boolean;
        };
        /**
         * CursorFrame
         * @description Nothing visible happened up to here: remember this cursor, so that a reconnect has less to replay.
         */
        CursorFrame: {
            cursor: string;
            /** @enum {unknown} */
            op: "cursor";
        };
        /** DayCounts */
        DayCounts: {
            ai_answered: number;
            created: number;
            /** Format: date */
            day: string;
            handed_off: number;
            messages_received: number;
            messages_sent: number;
            reopened: number;
            resolved: number;
            resolved_by_ai: number;
        };
        /** DeadEventView */
        DeadEventView: {
            /** Format: date-time */
            died_at: string;
            error: string;
            id: number;
            type: string;
        };
        /**
         * DecisionSummary
         * @description A receipt without its texts, as the event carries it. `talk`: what kind of small talk it answered, if it did.
         */
        DecisionSummary: {
            confidence: number | null;
            conversation_id: number;
            id: number;
            latency_ms: number;
            model: string;
            /** @enum {unknown} */
            outcome: "answered" | "clarified" | "discarded" | "handed_off" | "suggested";
            reason: string;
            /** @default  */
            talk: string;
            threshold: number;
            trigger_seq: number;
        };
        /** DeclaredInput */
        DeclaredInput: {
            /** @description In ASCII. */
            email?: string;
            first_name?: string;
            last_name?: string;
        };
        /** DefinitionInput */
        DefinitionInput: {
            definition: {
                [key: string]: unknown;
            } | unknown[];
        };
        /** DeliveryPage */
        DeliveryPage: {
            before: number | null;
            deliveries: components["schemas"]["DeliveryView"][];
        };
        /** DeliveryView */
        DeliveryView: {
            id: number;
            reason: string;
            /** Format: date-time */
            received_at: string;
            settled_at: string | null;
            size: number;
            /** @enum {string} */
            state: "received" | "processed" | "ignored" | "failed";
            topic: string;
        };
        /** Divergence */
        Divergence: {
            after: components["schemas"]["Turn"];
            before: components["schemas"]["Turn"];
            contact: string;
            contact_id: number;
            /** Format: date-time */
            entered_at: string;
            entry_key: string;
            step_id: string;
        };
        /** DividerBlock */
        DividerBlock: {
            color?: string | null;
            /** @constant */
            type: "divider";
        };
        /** DraftImages */
        DraftImages: {
            addresses: (string | null)[];
        };
        /** DraftImagesInput */
        DraftImagesInput: {
            addresses: string[];
        };
        /** Drift */
        Drift: {
            /** Format: date-time */
            at: string;
            here: number;
            shop: number;
        };
        /** EmailInboxInput */
        EmailInboxInput: {
            /** @description In ASCII. */
            address: string;
            /** @default  */
            from_name: string;
            /** @default false */
            numbers_subjects: boolean;
        };
        /** EmailInboxView */
        EmailInboxView: {
            address: string;
            checks_senders: boolean;
            from_name: string;
            inbox_id: number;
            last_received_at: string | null;
            numbers_subjects: boolean;
        };
        /** Enrolled */
        Enrolled: {
            /** @default  */
            detail: string;
            enrollment: components["schemas"]["EnrollmentView"] | null;
            /** @default  */
            reason: string;
            said?: components["schemas"]["Explained"] | null;
        };
        /** EnrollInput */
        EnrollInput: {
            client_id: string;
            contact_id: number;
            /** @default  */
            entry_key: string;
            facts?: {
                [key: string]: unknown;
            };
        };
        /** EnrollmentHistory */
        EnrollmentHistory: {
            contact_id: number | null;
            /** @default  */
            contact_name: string;
            detail: string;
            due_at: string | null;
            ended_at: string | null;
            /** Format: date-time */
            enrolled_at: string;
            entry_key: string;
            held?: components["schemas"]["Explained"] | null;
            id: number;
            note: string;
            reason: string;
            rotation: number;
            said?: components["schemas"]["Explained"] | null;
            /** @enum {string} */
            status: "active" | "completed" | "exited";
            step_id: string;
            steps?: components["schemas"]["StepTaken"][];
            version: number;
            workflow_id: number;
        };
        /** EnrollmentPage */
        EnrollmentPage: {
            items: components["schemas"]["EnrollmentView"][];
            next: string | null;
        };
        /** EnrollmentView */
        EnrollmentView: {
            contact_id: number | null;
            /** @default  */
            contact_name: string;
            detail: string;
            due_at: string | null;
            ended_at: string | null;
            /** Format: date-time */
            enrolled_at: string;
            entry_key: string;
            held?: components["schemas"]["Explained"] | null;
            id: number;
            note: string;
            reason: string;
            rotation: number;
            said?: components["schemas"]["Explained"] | null;
            /** @enum {string} */
            status: "active" | "completed" | "exited";
            step_id: string;
            version: number;
            workflow_id: number;
        };
        /** Entries */
        Entries: {
            entries: components["schemas"]["Entry"][];
            /** @constant */
            type: "entries";
        };
        /** Entry */
        Entry: {
            at?: number | null;
            /** @default  */
            href: string;
            marks?: components["schemas"]["Mark"][];
            /** @default  */
            text: string;
            title: string;
        };
        /** EntryRefusal */
        EntryRefusal: {
            /** Format: date-time */
            at: string;
            detail: string;
            entry_key: string;
            reason: string;
            said?: components["schemas"]["Explained"] | null;
            times: number;
        };
        /** EvaluationView */
        EvaluationView: {
            answered_right: number;
            broken: number;
            confidence: number | null;
            done: number;
            finished_at: string | null;
            handed_over: number;
            held: number;
            id: number;
            mended: number;
            recall: number | null;
            /** Format: date-time */
            started_at: string;
            started_by: string;
            /** @enum {string} */
            status: "running" | "done" | "stopped" | "failed";
            total: number;
            /** @enum {string} */
            trouble: "" | "crashed" | "dropped";
            wrong_article: number;
        };
        /**
         * EventFrame
         * @description Something happened. `event` is the body as it was recorded, with its `type`; `cursor` is the place after it.
         *
         *         The server builds these bytes by hand, because the body is forwarded unopened.
         */
        EventFrame: {
            cursor: string;
            event: unknown;
            /** @enum {unknown} */
            op: "event";
        };
        /**
         * Expiring
         * @description What this connection was opened with runs out in `expires_s`: send `auth` again, with a newer ticket or token of the same person.
         */
        Expiring: {
            expires_s: number;
            /** @enum {unknown} */
            op: "expiring";
        };
        /** Explained */
        Explained: {
            code: string;
            values?: {
                [key: string]: unknown;
            };
        };
        /** ExplainInput */
        ExplainInput: {
            contact_id: number;
            /** @description See core/segments/README.md. `{"all": []}` is everybody. */
            tree: {
                [key: string]: unknown;
            };
        };
        /** Explanation */
        Explanation: {
            clauses: components["schemas"]["ClauseView"][];
            holds: boolean;
        };
        /** Fact */
        Fact: {
            label: string;
            /** @constant */
            type: "fact";
            value: string;
        };
        /** Facts */
        Facts: {
            facts: components["schemas"]["Fact"][];
            /** @constant */
            type: "facts";
        };
        /** Fault */
        Fault: {
            at: number;
            /** @enum {string} */
            code: "bad_tag" | "unknown_tag" | "tag_not_here" | "list_needed" | "bad_link" | "link_needed" | "items_or_source" | "html_too_complex" | "too_many_tags";
            length: number;
            path: string;
            /** @default  */
            suggestion: string;
            words: string;
        };
        /** FieldView */
        FieldView: {
            choices: components["schemas"]["ChoiceView"][];
            group: string;
            /** @enum {string} */
            kind: "text" | "number" | "moment" | "choice" | "tags" | "custom" | "facts";
            known: string[];
            label: string;
            name: string;
            operators: components["schemas"]["OperatorView"][];
            properties: components["schemas"]["PropertyView"][];
        };
        /** Figure */
        Figure: {
            formula: string;
            key: string;
            label: string;
            /** @enum {string} */
            unit: "conversations" | "seconds" | "share";
            value: number | null;
        };
        /** FileView */
        FileView: {
            content_type: string;
            name: string;
            size: number;
            token: string;
            url: string;
        };
        /** FooterBlock */
        FooterBlock: {
            /** @default  */
            address: string;
            /** @default Preferences */
            preferences: string;
            /** @default  */
            text: string;
            /** @constant */
            type: "footer";
            /** @default Unsubscribe */
            unsubscribe: string;
        };
        /** Forgetting */
        Forgetting: {
            /** Format: date */
            before: string;
            facts: number;
            rollups: number;
        };
        /** ForwardInput */
        ForwardInput: {
            bcc?: components["schemas"]["PersonInput"][];
            cc?: components["schemas"]["PersonInput"][];
            client_id: string;
            /** @default  */
            comment: string;
            files?: string[] | null;
            to: components["schemas"]["PersonInput"][];
        };
        /** FoundConversation */
        FoundConversation: {
            conversation: components["schemas"]["ConversationView"];
            excerpt: string;
            is_internal: boolean;
            seq: number | null;
        };
        /** FoundConversations */
        FoundConversations: {
            items: components["schemas"]["FoundConversation"][];
        };
        /** Funnel */
        Funnel: {
            audience: number;
            bounced: number;
            clicked: components["schemas"]["ByLabel"];
            complained: number;
            delivered: number;
            failed: number;
            opened: components["schemas"]["ByLabel"];
            replied: number;
            sent: number;
            skipped: number;
            uncertain: number;
            under_way: number;
            unsubscribed: number;
        };
        /** GapArticle */
        GapArticle: {
            id: number;
            /** @enum {string} */
            status: "draft" | "published";
            title: string;
        };
        /** GapPage */
        GapPage: {
            hidden: number;
            is_looking: boolean;
            items: components["schemas"]["GapView"][];
            weeks: number[];
        };
        /** GapQuestion */
        GapQuestion: {
            /** Format: date-time */
            asked_at: string;
            conversation_id: number;
            decision_id: number;
            number: number;
            question: string;
        };
        /** GapView */
        GapView: {
            article: components["schemas"]["GapArticle"] | null;
            count: number;
            decided_at: string | null;
            decided_by: string;
            id: number;
            nearest: components["schemas"]["GapArticle"] | null;
            /** Format: date-time */
            newest_at: string;
            questions: components["schemas"]["GapQuestion"][];
            /** @enum {string} */
            status: "open" | "written" | "assigned" | "dismissed";
            weeks: number[];
        };
        /** HandoffInput */
        HandoffInput: {
            client_id: string;
        };
        /** HeaderView */
        HeaderView: {
            name: string;
            value: string;
        };
        /** HeadingBlock */
        HeadingBlock: {
            /**
             * @default start
             * @enum {string}
             */
            align: "start" | "center" | "end";
            /** @default 1 */
            level: number;
            text: string;
            /** @constant */
            type: "heading";
        };
        /**
         * Hello
         * @description The server's first frame: authenticate within `auth_s` seconds, ping every `heartbeat_s`.
         */
        Hello: {
            auth_s: number;
            heartbeat_s: number;
            /** @enum {unknown} */
            op: "hello";
        };
        /** Hint */
        Hint: {
            /** @enum {string} */
            code: "all_caps" | "exclamation_marks" | "image_without_alt" | "insecure_link" | "language_missing" | "low_contrast" | "no_fallback" | "no_footer_address" | "no_unsubscribe" | "preheader_missing" | "short_link" | "subject_missing" | "subject_too_long" | "too_large" | "too_little_text" | "vague_link";
            path: string;
            words: string;
        };
        /** HtmlBlock */
        HtmlBlock: {
            html: string;
            /** @constant */
            type: "html";
        };
        /** ImageBlock */
        ImageBlock: {
            /**
             * @default center
             * @enum {string}
             */
            align: "start" | "center" | "end";
            /** @default  */
            alt: string;
            src: string;
            /** @constant */
            type: "image";
            /** @default  */
            url: string;
            /** @default 600 */
            width: number;
        };
        /** ImagesChoice */
        ImagesChoice: {
            address: string;
            always: boolean;
        };
        /** ImagesInput */
        ImagesInput: {
            always: boolean;
        };
        /** ImportInput */
        ImportInput: {
            /** @default true */
            dry_run: boolean;
            rows: components["schemas"]["ImportRow"][];
        };
        /** ImportRow */
        ImportRow: {
            address: string;
            /** @default  */
            note: string;
            /**
             * @default imported
             * @enum {string}
             */
            reason: "bounced" | "complained" | "manual" | "unsubscribed" | "imported";
        };
        /** InboxAlert */
        InboxAlert: {
            count: number;
            inbox: string;
            inbox_id: number;
            /** @enum {string} */
            kind: "silent" | "unread" | "unreadable" | "waiting" | "asking" | "unsent" | "uncertain";
            /** Format: date-time */
            since: string;
            words: string;
        };
        /** InboxChanges */
        InboxChanges: {
            access?: "everyone" | "members";
            ai_enabled?: boolean;
            ai_mode?: "answer" | "suggest";
            allowed_origins?: string[];
            greeting?: string;
            member_ids?: number[];
            name?: string;
        };
        /** InboxInput */
        InboxInput: {
            /**
             * @default everyone
             * @enum {string}
             */
            access: "everyone" | "members";
            /** @default true */
            ai_enabled: boolean;
            /**
             * @default answer
             * @enum {string}
             */
            ai_mode: "answer" | "suggest";
            allowed_origins?: string[];
            /** @default  */
            greeting: string;
            member_ids?: number[];
            name: string;
        };
        /**
         * InboxSaved
         * @description An inbox was made or changed; who may see what may have changed with it.
         */
        InboxSaved: {
            by: components["schemas"]["ActorRef"];
            inbox_id: number;
            name: string;
            organization_id: number;
            /** @enum {unknown} */
            type: "inbox.saved";
        };
        /** InboxView */
        InboxView: {
            /** @enum {string} */
            access: "everyone" | "members";
            ai_enabled: boolean;
            /** @enum {string} */
            ai_mode: "answer" | "suggest";
            allowed_origins: string[];
            channel: string;
            /** Format: date-time */
            created_at: string;
            greeting: string;
            id: number;
            member_ids: number[];
            name: string;
            /** @default  */
            snippet: string;
            widget_key: string;
        };
        /** IntegrationView */
        IntegrationView: {
            chooses_secret: boolean;
            /** Format: date-time */
            connected_at: string;
            /** Format: date-time */
            created_at: string;
            drift?: components["schemas"]["Drift"] | null;
            error_message: string;
            id: number;
            is_connected: boolean;
            is_readable: boolean;
            last_delivery_at: string | null;
            last_sync_at: string | null;
            name: string;
            paused_at: string | null;
            /** @enum {string} */
            platform: "shopify" | "woocommerce" | "stripe" | "custom";
            readings?: components["schemas"]["ReadingView"][];
            refund_limit: string;
            shop: string;
            staff_may_cancel: boolean;
            /** @enum {string} */
            status: "active" | "inactive" | "error";
            /** @enum {string} */
            sync_status: "none" | "first" | "ready" | "failed";
            webhook_trouble: string;
            webhook_url: string;
        };
        /** Item */
        Item: {
            external_id: string;
            price: string;
            /** @default  */
            product_id: string;
            quantity: number;
            sku: string;
            title: string;
        };
        /** JobCounts */
        JobCounts: {
            dead: number;
            dead_events: number;
            done: number;
            queued: number;
            running: number;
        };
        /** JobView */
        JobView: {
            attempt: number;
            /** Format: date-time */
            created_at: string;
            error: string | null;
            finished_at: string | null;
            id: number;
            job_class: string;
            max_attempts: number;
            name: string;
            /** Format: date-time */
            run_at: string;
            /** @enum {string} */
            status: "queued" | "running" | "done" | "dead";
        };
        /** KeyInput */
        KeyInput: {
            key: string;
            /** @default  */
            key_secret: string;
        };
        /** LearnedView */
        LearnedView: {
            /** Format: date-time */
            created_at: string;
            ece: number;
            id: number;
            n: number;
            threshold: number;
            /** @enum {string} */
            why: "too_few" | "met" | "raised" | "unmet" | "alone";
        };
        /** LeftOutCount */
        LeftOutCount: {
            count: number;
            /** @enum {string} */
            why: "rejected" | "contact_removed" | "objected" | "withdrawn" | "looked_up" | "empty" | "too_long" | "duplicate" | "over_limit";
        };
        /** LetterInput */
        LetterInput: {
            bcc?: components["schemas"]["PersonInput"][];
            cc?: components["schemas"]["PersonInput"][];
            client_id: string;
            content: string;
            files?: string[];
            subject: string;
            to: components["schemas"]["PersonInput"][];
        };
        /** LimitsInput */
        LimitsInput: {
            refund_limit: string;
            staff_may_cancel: boolean;
        };
        /** Link */
        Link: {
            href: string;
            label: string;
        };
        /** LinkReport */
        LinkReport: {
            clicked: components["schemas"]["ByLabel"];
            url: string;
        };
        /** Links */
        Links: {
            links: components["schemas"]["Link"][];
            /** @constant */
            type: "links";
        };
        /** ListedConversation */
        ListedConversation: {
            conversation: components["schemas"]["ConversationView"];
            read_seq: number;
        };
        /** ListedOrder */
        ListedOrder: {
            /** Format: date-time */
            changed_at: string;
            contact_id: number | null;
            contact_name: string;
            currency: string;
            email: string;
            /** @enum {string} */
            financial_status: "pending" | "failed" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided";
            /** @enum {string} */
            fulfillment_status: "unfulfilled" | "partial" | "fulfilled";
            id: number;
            integration_id: number;
            is_test: boolean;
            /** Format: date-time */
            order_date: string;
            order_number: string;
            /** @enum {string} */
            platform: "shopify" | "woocommerce" | "stripe" | "custom";
            refunded: string;
            /** @enum {string} */
            status: "open" | "closed" | "cancelled";
            total_price: string;
            waits: boolean;
        };
        /**
         * Live
         * @description Replay is over; what follows happens now. `replayed`: how many events were sent before this frame.
         */
        Live: {
            cursor: string;
            /** @enum {unknown} */
            op: "live";
            replayed: number;
        };
        /** LoginInput */
        LoginInput: {
            /** @description In ASCII. */
            email: string;
            organization_id?: number | null;
            password: string;
        };
        /** MailboxInput */
        MailboxInput: {
            /** @default  */
            client_id: string;
            client_secret?: string;
            /** @default  */
            done_folder: string;
            /** @default INBOX */
            folder: string;
            host: string;
            password?: string;
            /** @default 993 */
            port: number;
            refresh_token?: string;
            /**
             * @default tls
             * @enum {string}
             */
            security: "tls" | "starttls" | "none";
            /**
             * @default password
             * @enum {string}
             */
            sign_in: "password" | "oauth2";
            /**
             * @default new
             * @enum {string}
             */
            start: "new" | "all";
            /** @default  */
            token_url: string;
            username: string;
        };
        /** MailboxTest */
        MailboxTest: {
            error: string;
            /** @enum {string} */
            error_code: "" | "address" | "unreachable" | "slow" | "gone" | "certificate" | "tls" | "no_tls" | "in_clear" | "protocol" | "sign_in" | "token" | "sealed" | "folder" | "read_only" | "done_folder" | "server" | "mail" | "defect";
            /** @default false */
            is_instant: boolean;
            /** @default 0 */
            mails: number;
        };
        /** MailboxView */
        MailboxView: {
            client_id: string;
            done_folder: string;
            error: string;
            /** @enum {string} */
            error_code: "" | "address" | "unreachable" | "slow" | "gone" | "certificate" | "tls" | "no_tls" | "in_clear" | "protocol" | "sign_in" | "token" | "sealed" | "folder" | "read_only" | "done_folder" | "server" | "mail" | "defect";
            folder: string;
            has_secret: boolean;
            host: string;
            inbox_id: number;
            last_fetched_at: string | null;
            /** Format: date-time */
            next_at: string;
            port: number;
            /** @enum {string} */
            security: "tls" | "starttls" | "none";
            /** @enum {string} */
            sign_in: "password" | "oauth2";
            /** @enum {string} */
            start: "new" | "all";
            /** @enum {string} */
            state: "waiting" | "well" | "failing";
            token_url: string;
            username: string;
        };
        /** MailCounts */
        MailCounts: {
            created: number;
            ignored: number;
            quarantined: number;
            received: number;
            threaded: number;
        };
        /** MailInbox */
        MailInbox: {
            address: string;
            inbox_id: number;
            name: string;
        };
        /** MailInboxView */
        MailInboxView: {
            address: string;
            can_send: boolean;
            inbox_id: number;
        };
        /**
         * MailingFinished
         * @description Nothing of a mailing is left to be sent. One that gets more later is finished again.
         */
        MailingFinished: {
            by: components["schemas"]["ActorRef"];
            kind: string;
            mailing_id: number;
            organization_id: number;
            source_id: number;
            tally: components["schemas"]["Tally"];
            /** @enum {unknown} */
            type: "mailing.finished";
        };
        /** MailingProgress */
        MailingProgress: {
            audience: number;
            due_at: string | null;
            mailing: components["schemas"]["MailingView"];
            per_minute: number;
            tally: components["schemas"]["Tally"];
        };
        /**
         * MailingProgressed
         * @description How far a mailing is: at most once in a second while it is sent, and whenever it is released, paused, resumed or canceled.
         *
         *         `per_minute`: its pace. `reason`: why it was paused by itself; empty: it was not.
         */
        MailingProgressed: {
            by: components["schemas"]["ActorRef"];
            kind: string;
            mailing_id: number;
            organization_id: number;
            per_minute: number;
            reason: string;
            source_id: number;
            /** @enum {unknown} */
            state: "active" | "canceled" | "paused";
            tally: components["schemas"]["Tally"];
            /** @enum {unknown} */
            type: "mailing.progressed";
        };
        /**
         * MailingReturned
         * @description A mail of a mailing came back (`bounced`), or somebody called it unwanted (`complained`).
         */
        MailingReturned: {
            by: components["schemas"]["ActorRef"];
            contact_id: number;
            entry: string;
            kind: string;
            mailing_id: number;
            organization_id: number;
            /** @enum {unknown} */
            reason: "bounced" | "complained";
            send_id: number;
            source_id: number;
            /** @enum {unknown} */
            type: "mailing.returned";
        };
        /** MailingSettingsInput */
        MailingSettingsInput: {
            /** @description Mails an hour. */
            domain_per_hour?: number | null;
            /** @default false */
            is_warming: boolean;
            /** @description Mails an hour. */
            per_hour?: number | null;
        };
        /** MailingSettingsView */
        MailingSettingsView: {
            domain_per_hour: number | null;
            emails_limit: number;
            emails_used: number;
            held_reason: string;
            held_until: string | null;
            inbox_id: number;
            is_warming: boolean;
            per_hour: number | null;
            slow_domains: components["schemas"]["SlowDomain"][];
            today_count: number;
            today_limit: number | null;
            warming_on: string | null;
        };
        /**
         * MailingTouched
         * @description A person, as far as the evidence goes, opened a mail or followed the link to `url`: told once for each mail and link.
         *
         *         `contact_id` 0: nobody's. `entry`: which of a mailing's mails to that contact.
         */
        MailingTouched: {
            by: components["schemas"]["ActorRef"];
            contact_id: number;
            entry: string;
            kind: string;
            mailing_id: number;
            organization_id: number;
            send_id: number;
            source_id: number;
            /** @enum {unknown} */
            touch: "click" | "open";
            /** @enum {unknown} */
            type: "mailing.touched";
            url: string;
        };
        /** MailingView */
        MailingView: {
            /** Format: date-time */
            created_at: string;
            finished_at?: string | null;
            id: number;
            inbox_id?: number | null;
            kind: string;
            /** @enum {string} */
            mail_kind: "marketing" | "transactional";
            /** @default  */
            pause_detail: string;
            /** @default  */
            pause_reason: string;
            released_at?: string | null;
            source_id: number;
            /** @enum {string} */
            state: "active" | "paused" | "canceled";
            topic_id: number | null;
        };
        /** MailPage */
        MailPage: {
            items: components["schemas"]["MailView"][];
            next: number | null;
        };
        /** MailPreferenceInput */
        MailPreferenceInput: {
            undo_s: number;
        };
        /** MailPreferenceView */
        MailPreferenceView: {
            undo_s: number;
        };
        /** MailShare */
        MailShare: {
            count: number;
            high: number;
            low: number;
            share: number;
        };
        /** MailView */
        MailView: {
            attempts: number;
            conversation_id: number | null;
            id: number;
            inbox_id: number;
            internet_message_id: string;
            mail_from: string;
            message_id: number | null;
            processed_at: string | null;
            reason: string;
            /** Format: date-time */
            received_at: string;
            recipient: string;
            sender: string;
            size_bytes: number;
            /** @enum {string} */
            state: "received" | "threaded" | "created" | "ignored" | "quarantined";
            subject: string;
            way: string;
        };
        /** Mark */
        Mark: {
            text: string;
            /**
             * @default neutral
             * @enum {string}
             */
            tone: "neutral" | "good" | "warn";
        };
        /** Me */
        Me: {
            accent_color: string;
            email: string;
            memberships: components["schemas"]["MembershipView"][];
            name: string;
            organization_id: number;
            organization_name: string;
            /** @enum {string} */
            role: "admin" | "user" | "agent";
            user_id: number;
        };
        /** Measure */
        Measure: {
            before: number | null;
            /** @enum {string} */
            better: "more" | "less" | "";
            /** @default  */
            currency: string;
            formula: string;
            key: string;
            label: string;
            /** @enum {string} */
            unit: "conversations" | "messages" | "seconds" | "share" | "orders" | "mails" | "money" | "contacts";
            value: number | null;
        };
        /** MemberChanges */
        MemberChanges: {
            add?: number[];
            remove?: number[];
        };
        /** MemberRemoved */
        MemberRemoved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "member.removed";
            user_id: number;
        };
        /**
         * MemberSaved
         * @description A user joined, was renamed, or has another role now.
         */
        MemberSaved: {
            by: components["schemas"]["ActorRef"];
            name: string;
            organization_id: number;
            /** @enum {unknown} */
            role: "admin" | "agent" | "user";
            /** @enum {unknown} */
            type: "member.saved";
            user_id: number;
        };
        /** MembersChanged */
        MembersChanged: {
            added: number;
            removed: number;
        };
        /** MembershipView */
        MembershipView: {
            organization_id: number;
            organization_name: string;
            /** @enum {string} */
            role: "admin" | "user" | "agent";
        };
        /** MergeFieldView */
        MergeFieldView: {
            /** @enum {string} */
            kind: "text" | "number" | "money" | "date" | "url" | "items" | "map";
            name: string;
            title: string;
        };
        /**
         * MessageCreated
         * @description A message or note was added; the conversation is as it is afterwards.
         */
        MessageCreated: {
            conversation: components["schemas"]["ConversationView"];
            message: components["schemas"]["MessageView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "message.created";
        };
        /** MessageMailView */
        MessageMailView: {
            about?: components["schemas"]["RelatedView"] | null;
            cc: components["schemas"]["PersonView"][];
            forwards_id?: number | null;
            hidden: string;
            is_verified: boolean | null;
            leaves_at?: string | null;
            message_id: number;
            reason: string;
            sender: components["schemas"]["PersonView"] | null;
            /** @enum {string} */
            state: "received" | "queued" | "sending" | "sent" | "failed" | "uncertain" | "bounced";
            subject: string;
            to: components["schemas"]["PersonView"][];
        };
        /** MessageView */
        MessageView: {
            client_id: string | null;
            content: string;
            conversation_id: number;
            /** Format: date-time */
            created_at: string;
            decision_id: number | null;
            files?: components["schemas"]["FileView"][];
            id: number;
            is_internal: boolean;
            sender_id: number | null;
            sender_name: string;
            /** @enum {string} */
            sender_type: "user" | "contact" | "ai";
            seq: number;
            sources: components["schemas"]["Source"][];
        };
        /**
         * MessageWithdrawn
         * @description Its writer took a mail back before it left: nothing is left of it but its number. No visitor has seen it: mails are in no chat.
         *
         *         `message` is internal in any case; `was_internal`: it was a note before, and no reply.
         */
        MessageWithdrawn: {
            by: components["schemas"]["ActorRef"];
            conversation: components["schemas"]["ConversationView"];
            /** @default null */
            line: components["schemas"]["TimelineView"] | null;
            message: components["schemas"]["MessageView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "message.withdrawn";
            /** @default false */
            was_internal: boolean;
        };
        /** ModelInput */
        ModelInput: {
            /** @default  */
            base_url: string;
            /** @default  */
            instructions: string;
            key?: string;
            monthly_tokens?: number | null;
            name: string;
            /** @default 0 */
            price_in: number;
            /** @default 0 */
            price_out: number;
        };
        /** ModelView */
        ModelView: {
            base_url: string;
            has_key: boolean;
            in_use: string;
            instructions: string;
            monthly_tokens: number | null;
            name: string;
            paused: boolean;
            price_in: number;
            price_out: number;
            tried_at: string | null;
            trouble: string;
        };
        /** MomentReport */
        MomentReport: {
            /** Format: date-time */
            at: string;
            clicked: number;
            opened: number;
            sent: number;
        };
        /** NewUser */
        NewUser: {
            password: string;
            user: components["schemas"]["UserView"];
        };
        /** NoteInput */
        NoteInput: {
            client_id: string;
            /**
             * @description Markdown subset; no HTML.
             * @default
             */
            content: string;
            files?: string[];
        };
        /** ObjectionView */
        ObjectionView: {
            contact_id: number;
            /** Format: date-time */
            created_at: string;
            email: string | null;
            name: string;
            noted_by: string;
        };
        /** OperatorView */
        OperatorView: {
            label: string;
            name: string;
            /** @enum {string} */
            value: "text" | "texts" | "number" | "moment" | "days" | "any" | "none" | "times";
        };
        /**
         * OrderActionChanged
         * @description Something is asked for with an order, was decided, or has come to its end.
         */
        OrderActionChanged: {
            action: components["schemas"]["OrderActionView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.action_changed";
        };
        /** OrderActionView */
        OrderActionView: {
            amount: string;
            asked_by: number | null;
            /** Format: date-time */
            created_at: string;
            decided_by: number | null;
            id: number;
            /** @enum {string} */
            kind: "refund" | "cancel" | "resend";
            note: string;
            order_id: number;
            order_number: string;
            settled_at: string | null;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "rejected" | "uncertain";
            trouble: string;
        };
        /**
         * OrderChanged
         * @description Anything else about it: pages that show it are drawn anew.
         */
        OrderChanged: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.changed";
        };
        /** OrderCreated */
        OrderCreated: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.created";
        };
        /** OrderDetails */
        OrderDetails: {
            abilities: components["schemas"]["Ability"][];
            actions: components["schemas"]["OrderActionView"][];
            contact_name: string;
            order: components["schemas"]["OrderView"];
            refunds: components["schemas"]["RefundView"][];
            shipments: components["schemas"]["ShipmentView"][];
            shop: string;
        };
        /** OrderFulfilled */
        OrderFulfilled: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.fulfilled";
        };
        /** OrderPage */
        OrderPage: {
            cursor: string | null;
            orders: components["schemas"]["ListedOrder"][];
        };
        /** OrderPaid */
        OrderPaid: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.paid";
        };
        /**
         * OrderRefunded
         * @description Some of it was given back, for the first time.
         */
        OrderRefunded: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.refunded";
        };
        /**
         * OrderShipped
         * @description There is a number by which its parcel can be followed.
         */
        OrderShipped: {
            order: components["schemas"]["OrderView"];
            organization_id: number;
            /** @enum {unknown} */
            type: "order.shipped";
        };
        /** OrderView */
        OrderView: {
            /** Format: date-time */
            changed_at: string;
            contact_id: number | null;
            currency: string;
            email: string;
            external_order_id: string;
            /** @enum {string} */
            financial_status: "pending" | "failed" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided";
            /** @enum {string} */
            fulfillment_status: "unfulfilled" | "partial" | "fulfilled";
            id: number;
            integration_id: number;
            is_test: boolean;
            items: components["schemas"]["Item"][];
            /** Format: date-time */
            order_date: string;
            order_number: string;
            /** @enum {string} */
            platform: "shopify" | "woocommerce" | "stripe" | "custom";
            refunded: string;
            shipping_address: {
                [key: string]: string;
            };
            /** @enum {string} */
            status: "open" | "closed" | "cancelled";
            total_price: string;
            tracking_number: string;
            tracking_url: string;
            url: string;
        };
        /** OrganizationChanged */
        OrganizationChanged: {
            accent_color: string;
            by: components["schemas"]["ActorRef"];
            name: string;
            organization_id: number;
            /** @enum {unknown} */
            type: "organization.changed";
        };
        /** OrganizationChanges */
        OrganizationChanges: {
            accent_color?: string;
            ai_enabled?: boolean;
            ai_threshold?: number;
            name?: string;
        };
        /** OrganizationView */
        OrganizationView: {
            accent_color: string;
            ai_enabled: boolean;
            ai_threshold: number;
            contacts_limit: number;
            contacts_used: number;
            id: number;
            name: string;
            slug: string;
            subscription_plan: string;
            subscription_status: string;
        };
        /**
         * OutboundMailChanged
         * @description A message became a mail that waits, or something became of it: `state` is what it is now. `leaves_at`: nobody tries before.
         */
        OutboundMailChanged: {
            conversation_id: number;
            /** @default null */
            leaves_at: string | null;
            message_id: number;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            state: "bounced" | "failed" | "queued" | "sending" | "sent" | "uncertain" | "withdrawn";
            /** @enum {unknown} */
            type: "outbound_mail.changed";
        };
        /** Outcomes */
        Outcomes: {
            abandoned: number;
            assumed: number;
            confirmed: number;
            handed_over: number;
            reopened: number;
            under_way: number;
        };
        /** OutcomesOfDay */
        OutcomesOfDay: {
            abandoned: number;
            assumed: number;
            confirmed: number;
            /** Format: date */
            day: string;
            handed_over: number;
            reopened: number;
            under_way: number;
        };
        /** OutcomesView */
        OutcomesView: {
            asked_for_human: components["schemas"]["AskedForHuman"];
            days: components["schemas"]["OutcomesOfDay"][];
            /** Format: date */
            since: string;
            totals: components["schemas"]["Outcomes"];
        };
        /** Overview */
        Overview: {
            figures: components["schemas"]["Figure"][];
            /** @enum {string} */
            scope: "organization" | "own";
            series: components["schemas"]["DayCounts"][];
            /** Format: date */
            since: string;
            totals: components["schemas"]["Counts"];
        };
        /** PanelDocument */
        PanelDocument: {
            blocks: (components["schemas"]["Facts"] | components["schemas"]["TableBlock"] | components["schemas"]["Plot"] | components["schemas"]["Timeline"] | components["schemas"]["Entries"] | components["schemas"]["Links"])[];
            title: string;
            /** @enum {string} */
            tone: "neutral" | "good" | "warn";
        };
        /** PanelView */
        PanelView: {
            name: string;
            path: string;
            /** @enum {string} */
            place: "contact" | "conversation" | "dashboard";
            title: string;
        };
        /** PasswordInput */
        PasswordInput: {
            current_password: string;
            /** @description At least 10 characters. */
            new_password: string;
        };
        /** PastEvent */
        PastEvent: {
            /** Format: date-time */
            at: string;
            contact_id: number;
            facts?: {
                [key: string]: unknown;
            };
            /** @default  */
            key: string;
            name: string;
        };
        /**
         * Person
         * @description `id` is told to staff alone.
         */
        Person: {
            id: number | null;
            /** @enum {unknown} */
            kind: "ai" | "contact" | "user";
            name: string;
        };
        /** PersonInput */
        PersonInput: {
            /** @description In ASCII. */
            address: string;
            /** @default  */
            name: string;
        };
        /** PersonView */
        PersonView: {
            address: string;
            name: string;
        };
        /**
         * Ping
         * @description Answered with the same `n`; send one every `heartbeat_s`, and give up the connection when no answer comes.
         */
        Ping: {
            /** @default 0 */
            n: number;
            /** @enum {unknown} */
            op: "ping";
        };
        /** PinInput */
        PinInput: {
            calibrator_id: number | null;
        };
        /** PinView */
        PinView: {
            calibrator_id: number | null;
            /** Format: date-time */
            created_at: string;
            pinned_by: string;
        };
        /** PlanInput */
        PlanInput: {
            base_model: string;
            /** @default 100 */
            minimum: number;
            /** @default false */
            scheduled: boolean;
        };
        /** Plot */
        Plot: {
            at: number[];
            formula: string;
            series: components["schemas"]["Series"][];
            title: string;
            /** @constant */
            type: "plot";
        };
        /**
         * Pong
         * @description The answer to a ping.
         */
        Pong: {
            n: number;
            /** @enum {unknown} */
            op: "pong";
        };
        /**
         * PresenceFrame
         * @description Who of the staff is here. `whole`: everybody who is not named is offline; else only those named changed.
         */
        PresenceFrame: {
            /** @enum {unknown} */
            op: "presence";
            people: components["schemas"]["StaffStatus"][];
            whole: boolean;
        };
        /** PreviewPage */
        PreviewPage: {
            exact: boolean;
            items: components["schemas"]["ContactView"][];
            next: string | null;
        };
        /** PriorityInput */
        PriorityInput: {
            /** @enum {string} */
            priority: "low" | "medium" | "high" | "urgent";
        };
        /** Problem */
        Problem: {
            message: string;
            /** @default false */
            missing: boolean;
            path: string;
        };
        /** ProductItem */
        ProductItem: {
            /** @default  */
            image_url: string;
            /** @default  */
            price: string;
            /** @default 1 */
            quantity: number;
            title: string;
            /** @default  */
            url: string;
        };
        /** ProductsBlock */
        ProductsBlock: {
            items?: components["schemas"]["ProductItem"][];
            /** @default 10 */
            most: number;
            /** @default true */
            show_images: boolean;
            /** @default true */
            show_prices: boolean;
            /** @default  */
            source: string;
            /** @constant */
            type: "products";
        };
        /** ProfileInput */
        ProfileInput: {
            name: string;
        };
        /** PropertyView */
        PropertyView: {
            choices: components["schemas"]["ChoiceView"][];
            /** @enum {string} */
            kind: "text" | "number" | "moment" | "choice" | "tags" | "custom" | "facts";
            label: string;
            name: string;
            operators: components["schemas"]["OperatorView"][];
        };
        /** ProposalView */
        ProposalView: {
            after: string;
            article: components["schemas"]["GapArticle"];
            before: string;
            conversation_id: number;
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            decided_by: string;
            draft: string;
            edited: string;
            heading: string;
            id: number;
            number: number;
            question: string;
            /** @enum {null|string} */
            reason: "wrong" | "incomplete" | "tone" | "outdated" | "should_hand_over" | "other" | null;
            reviewer: string;
            /** @enum {string} */
            status: "open" | "accepted" | "dismissed";
            suggested_question: string;
            version: number;
        };
        /** PublicArticle */
        PublicArticle: {
            body: string;
            category: string;
            slug: string;
            title: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** PublicHit */
        PublicHit: {
            excerpt: string;
            slug: string;
            title: string;
        };
        /** PublishInput */
        PublishInput: {
            /** @enum {null|string} */
            default?: "pin" | "follow" | null;
            plan?: components["schemas"]["StepChoice"][];
            revision: number;
        };
        /** PublishPreview */
        PublishPreview: {
            heads: components["schemas"]["StepHeads"][];
            problems: components["schemas"]["Problem"][];
            revision: number;
            steps: string[];
        };
        /** QuestionInput */
        QuestionInput: {
            text: string;
        };
        /** QuestionView */
        QuestionView: {
            author: string;
            /** Format: date-time */
            created_at: string;
            id: number;
            number: number;
            text: string;
        };
        /** ReadableField */
        ReadableField: {
            /** @enum {string} */
            kind: "str" | "float" | "array" | "object";
            name: string;
        };
        /** ReadingView */
        ReadingView: {
            count: number;
            done_until: string | null;
            malformed: number;
            oldest_at: string | null;
            /** @enum {string} */
            resource: "orders" | "carts";
            since: string | null;
            total: number | null;
            /** Format: date-time */
            until: string;
            why: string;
        };
        /** ReadInput */
        ReadInput: {
            seq: number;
        };
        /** Recategorized */
        Recategorized: {
            articles: number;
        };
        /** Receipt */
        Receipt: {
            confidence: number | null;
            conversation_id: number;
            cost: number;
            /** Format: date-time */
            created_at: string;
            detail: string;
            draft: string;
            id: number;
            latency_ms: number;
            model: string;
            /** @enum {string} */
            outcome: "answered" | "clarified" | "handed_off" | "suggested" | "discarded";
            passages: components["schemas"]["Candidate"][];
            question: string;
            reason: string;
            signals: {
                [key: string]: number;
            };
            threshold: number;
            tokens_in: number;
            tokens_out: number;
            trigger_seq: number;
            trouble: string;
        };
        /** RecipientsInput */
        RecipientsInput: {
            bcc?: components["schemas"]["PersonInput"][];
            cc?: components["schemas"]["PersonInput"][];
            client_id: string;
            to: components["schemas"]["PersonInput"][];
        };
        /** RecipientsView */
        RecipientsView: {
            can_send: boolean;
            cc: components["schemas"]["PersonView"][];
            is_first: boolean;
            last: components["schemas"]["PersonView"][];
            reply_to: components["schemas"]["PersonView"][];
            subject: string;
            to: components["schemas"]["PersonView"][];
        };
        /** RecordCheck */
        RecordCheck: {
            /** @enum {string} */
            code: "found" | "missing" | "different" | "unanswered";
            said: string;
        };
        /** RefundView */
        RefundView: {
            amount: string;
            /** Format: date-time */
            at: string;
            reason: string;
        };
        /**
         * Refused
         * @description A frame was not obeyed; the connection goes on unless a close follows.
         */
        Refused: {
            code: string;
            detail: string;
            /** @enum {unknown} */
            op: "error";
        };
        /** RelatedView */
        RelatedView: {
            conversation_id: number;
            number: number;
        };
        /** RemovalInput */
        RemovalInput: {
            /** @description How you know, for the record. */
            why: string;
        };
        /** ReplayCases */
        ReplayCases: {
            hidden: number;
            items: components["schemas"]["ReplayCaseView"][];
            next: string | null;
        };
        /** ReplayCaseView */
        ReplayCaseView: {
            after: components["schemas"]["Side"];
            /** @enum {string} */
            answer: "" | "gained" | "lost" | "changed";
            /** Format: date-time */
            asked_at: string;
            before: components["schemas"]["Side"];
            conversation_id: number;
            /** @enum {string} */
            escalation: "" | "gained" | "lost";
            id: number;
            number: number;
            question: string;
        };
        /** ReplayInput */
        ReplayInput: {
            article_id: number;
            /** @description Markdown. */
            body?: string;
            /** @default 100 */
            last: number;
            since?: string | null;
            title?: string;
            until?: string | null;
        };
        /** ReplayView */
        ReplayView: {
            answers_changed: number;
            answers_gained: number;
            answers_lost: number;
            article_id: number | null;
            cost: number;
            done: number;
            escalations_gained: number;
            escalations_lost: number;
            finished_at: string | null;
            id: number;
            instructions: string;
            /** @enum {string} */
            kind: "article" | "writing";
            /** @enum {string} */
            reason: "" | "tokens_used_up" | "model_failed" | "no_model";
            same: number;
            /** Format: date-time */
            started_at: string;
            started_by: string;
            /** @enum {string} */
            status: "running" | "done" | "stopped" | "failed";
            title: string;
            tokens_in: number;
            tokens_out: number;
            total: number;
            trouble: string;
        };
        /** ReplyInput */
        ReplyInput: {
            client_id: string;
            /**
             * @description Markdown subset; no HTML.
             * @default
             */
            content: string;
            expected_seq?: number | null;
            files?: string[];
        };
        /** ReplyPage */
        ReplyPage: {
            items: components["schemas"]["ReplyView"][];
            next: string | null;
        };
        /** ReplyView */
        ReplyView: {
            contact_name: string;
            conversation_id: number;
            /** Format: date-time */
            created_at: string;
            is_recipient: boolean;
            number: number;
            status: string;
            subject: string;
            variant: string;
        };
        /** Report */
        Report: {
            /** Format: date */
            before_since: string;
            busy: components["schemas"]["BusyHours"] | null;
            /** @enum {null|string} */
            by: "inbox" | "team" | "agent" | "tag" | "channel" | "mailing" | "workflow" | null;
            counted_at: string | null;
            is_empty: boolean;
            key: string;
            key_label: string;
            /** @enum {string} */
            name: "overview" | "helpdesk" | "ai" | "email" | "orders" | "workflows";
            numbers: components["schemas"]["Measure"][];
            plots: components["schemas"]["ReportPlot"][];
            replica_lag_s: number | null;
            /** @enum {string} */
            scope: "organization" | "own";
            /** Format: date */
            since: string;
            tables: components["schemas"]["ReportTable"][];
            /** Format: date */
            until: string;
            waiting: number;
            zone: string;
        };
        /** ReportLine */
        ReportLine: {
            formula: string;
            key: string;
            label: string;
            values: (number | null)[];
        };
        /** ReportPlot */
        ReportPlot: {
            at: number[];
            key: string;
            label: string;
            lines: components["schemas"]["ReportLine"][];
            /** @enum {string} */
            step: "hour" | "day" | "week" | "month";
            /** @enum {string} */
            unit: "conversations" | "messages" | "seconds" | "share" | "orders" | "mails" | "money" | "contacts";
        };
        /** ReportTable */
        ReportTable: {
            columns: components["schemas"]["TableColumn"][];
            /** @default false */
            is_cut: boolean;
            key: string;
            label: string;
            /** @enum {null|string} */
            narrows?: "inbox" | "team" | "agent" | "tag" | "channel" | "mailing" | "workflow" | null;
            rows: components["schemas"]["TableRow"][];
        };
        /** RestoreInput */
        RestoreInput: {
            version: number;
        };
        /** ResumeInput */
        ResumeInput: {
            /** @enum {string} */
            overdue: "shift" | "skip" | "send";
        };
        /** ResumePreview */
        ResumePreview: {
            active: number;
            overdue: number;
            /** Format: date-time */
            paused_at: string;
            shift_s: number;
            steps: components["schemas"]["StepOverdue"][];
        };
        /**
         * Resync
         * @description The cursor cannot be replayed from: fetch everything anew. The connection is live from `cursor` on.
         */
        Resync: {
            cursor: string;
            /** @enum {unknown} */
            op: "resync";
            /** @enum {unknown} */
            reason: "access_changed" | "ahead" | "epoch" | "invalid" | "too_far";
        };
        /** RevenueReport */
        RevenueReport: {
            amount: string;
            currency: string;
            orders: number;
        };
        /** ReviewInput */
        ReviewInput: {
            /**
             * @description The text as it should be.
             * @default
             */
            content: string;
            /** @enum {null|string} */
            reason?: "wrong" | "incomplete" | "tone" | "outdated" | "should_hand_over" | "other" | null;
            /** @enum {string} */
            verdict: "approve" | "edit" | "reject";
        };
        /** ReviewQueue */
        ReviewQueue: {
            items: components["schemas"]["ToReview"][];
            next: string | null;
        };
        /**
         * ReviewSummary
         * @description A review without its text, as the event carries it.
         */
        ReviewSummary: {
            conversation_id: number;
            counts_as_right: boolean;
            decision_id: number;
            id: number;
            reason: ("incomplete" | "other" | "outdated" | "should_hand_over" | "tone" | "wrong") | null;
            user_id: number;
            /** @enum {unknown} */
            verdict: "approve" | "edit" | "reject";
        };
        /** ReviewView */
        ReviewView: {
            content: string;
            counts_as_right: boolean;
            /** Format: date-time */
            created_at: string;
            decision_id: number;
            id: number;
            /** @enum {null|string} */
            reason: "wrong" | "incomplete" | "tone" | "outdated" | "should_hand_over" | "other" | null;
            /** Format: date-time */
            updated_at: string;
            user_id: number;
            user_name: string;
            /** @enum {string} */
            verdict: "approve" | "edit" | "reject";
        };
        /** RoleInput */
        RoleInput: {
            /** @enum {string} */
            role: "admin" | "user" | "agent";
        };
        /** Said */
        Said: {
            /** @enum {string} */
            point: "asked" | "answered" | "open";
            quoted: boolean;
            text: string;
        };
        /** SearchState */
        SearchState: {
            index: string;
            model: string | null;
            /** @enum {string} */
            reason: "" | "none_wanted" | "no_pgvector" | "embedding";
        };
        /** SegmentChanges */
        SegmentChanges: {
            description?: string;
            name?: string;
            /** @description See core/segments/README.md. `{"all": []}` is everybody. */
            tree?: {
                [key: string]: unknown;
            };
            version: number;
        };
        /** SegmentDeleted */
        SegmentDeleted: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            segment_id: number;
            /** @enum {unknown} */
            type: "segment.deleted";
        };
        /**
         * SegmentEntered
         * @description A contact is in a segment that starts a workflow, and was not when it was looked through before.
         */
        SegmentEntered: {
            contact_id: number;
            organization_id: number;
            segment_id: number;
            /** @enum {unknown} */
            type: "workflow.segment_entered";
        };
        /** SegmentInput */
        SegmentInput: {
            /** @default  */
            description: string;
            name: string;
            /** @description See core/segments/README.md. `{"all": []}` is everybody. */
            tree?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * SegmentMembersChanged
         * @description Contacts were put on a list or taken off it: at most a thousand of each at once.
         */
        SegmentMembersChanged: {
            added: number[];
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            removed: number[];
            segment_id: number;
            /** @enum {unknown} */
            type: "segment.members_changed";
        };
        /** SegmentPage */
        SegmentPage: {
            items: components["schemas"]["SegmentSummary"][];
            next: string | null;
        };
        /** SegmentRef */
        SegmentRef: {
            name: string;
            segment_id: number | null;
        };
        /** ImportReport */
        segments_imports_structs_ImportReport: {
            added: number;
            already: number;
            columns: components["schemas"]["ColumnView"][];
            created: number;
            dry_run: boolean;
            matched: number;
            rows: number;
            sample?: string[][];
            skipped: components["schemas"]["SkippedView"][];
            updated: number;
            wrong?: components["schemas"]["WrongRow"][];
        };
        /** PreviewInput */
        segments_structs_PreviewInput: {
            cursor?: string | null;
            /** @default 25 */
            limit: number;
            /** @description See core/segments/README.md. `{"all": []}` is everybody. */
            tree: {
                [key: string]: unknown;
            };
        };
        /**
         * SegmentSaved
         * @description A segment was made or changed.
         */
        SegmentSaved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            segment_id: number;
            /** @enum {unknown} */
            type: "segment.saved";
        };
        /** SegmentSummary */
        SegmentSummary: {
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            description: string;
            id: number;
            /** @enum {string} */
            kind: "dynamic" | "static";
            name: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** SegmentView */
        SegmentView: {
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            description: string;
            id: number;
            /** @enum {string} */
            kind: "dynamic" | "static";
            name: string;
            tree: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** SegmentWatch */
        SegmentWatch: {
            contact_count: number;
            entered_count: number;
            is_first: boolean;
            is_on: boolean;
            looked_at: string | null;
            member_count: number;
            segment_id: number;
            took_ms: number;
            trouble: string;
        };
        /** SendingView */
        SendingView: {
            domains: string[];
            installation_sends: boolean;
            is_served: boolean;
            server: components["schemas"]["SmtpServerView"] | null;
        };
        /** Sent */
        Sent: {
            conversation: components["schemas"]["ConversationView"];
            message: components["schemas"]["MessageView"];
        };
        /** Series */
        Series: {
            label: string;
            values: number[];
        };
        ServerEvent: components["schemas"]["AgentDecided"] | components["schemas"]["AgentReviewed"] | components["schemas"]["ToolCallSaved"] | components["schemas"]["ArticleDeleted"] | components["schemas"]["ArticleSaved"] | components["schemas"]["ArticlesRecategorized"] | components["schemas"]["CampaignCanceled"] | components["schemas"]["CampaignDeleted"] | components["schemas"]["CampaignMissed"] | components["schemas"]["CampaignPaused"] | components["schemas"]["CampaignResumed"] | components["schemas"]["CampaignSaved"] | components["schemas"]["CampaignScheduled"] | components["schemas"]["CampaignSent"] | components["schemas"]["CampaignStarted"] | components["schemas"]["CartAbandoned"] | components["schemas"]["ConsentChanged"] | components["schemas"]["ContactCreated"] | components["schemas"]["ContactDeleted"] | components["schemas"]["ContactUpdated"] | components["schemas"]["ConversationAssigned"] | components["schemas"]["ConversationClosed"] | components["schemas"]["ConversationCreated"] | components["schemas"]["ConversationHandedBack"] | components["schemas"]["ConversationHandedOff"] | components["schemas"]["ConversationPrioritized"] | components["schemas"]["ConversationRead"] | components["schemas"]["ConversationRenamed"] | components["schemas"]["ConversationReopened"] | components["schemas"]["ConversationResolved"] | components["schemas"]["ConversationSeen"] | components["schemas"]["ConversationSnoozed"] | components["schemas"]["ConversationTagged"] | components["schemas"]["ConversationTakenOver"] | components["schemas"]["ConversationWoken"] | components["schemas"]["InboxSaved"] | components["schemas"]["MailingFinished"] | components["schemas"]["MailingProgressed"] | components["schemas"]["MailingReturned"] | components["schemas"]["MailingTouched"] | components["schemas"]["MemberRemoved"] | components["schemas"]["MemberSaved"] | components["schemas"]["SessionsRevoked"] | components["schemas"]["MessageCreated"] | components["schemas"]["MessageWithdrawn"] | components["schemas"]["OrderActionChanged"] | components["schemas"]["OrderChanged"] | components["schemas"]["OrderCreated"] | components["schemas"]["OrderFulfilled"] | components["schemas"]["OrderPaid"] | components["schemas"]["OrderRefunded"] | components["schemas"]["OrderShipped"] | components["schemas"]["OrganizationChanged"] | components["schemas"]["OutboundMailChanged"] | components["schemas"]["SegmentDeleted"] | components["schemas"]["SegmentMembersChanged"] | components["schemas"]["SegmentSaved"] | components["schemas"]["SourceDeleted"] | components["schemas"]["SourceSaved"] | components["schemas"]["SuppressionChanged"] | components["schemas"]["TeamDeleted"] | components["schemas"]["TeamSaved"] | components["schemas"]["TemplateDeleted"] | components["schemas"]["TemplateSaved"] | components["schemas"]["TopicSaved"] | components["schemas"]["WorkflowActivated"] | components["schemas"]["WorkflowCompleted"] | components["schemas"]["WorkflowEnrolled"] | components["schemas"]["WorkflowExited"] | components["schemas"]["WorkflowPaused"] | components["schemas"]["WorkflowPublished"] | components["schemas"]["WorkflowResumed"] | components["schemas"]["WorkflowSaved"] | components["schemas"]["SegmentEntered"] | components["schemas"]["WorkflowSignalled"];
        ServerFrame: components["schemas"]["Hello"] | components["schemas"]["Authenticated"] | components["schemas"]["Expiring"] | components["schemas"]["Live"] | components["schemas"]["Resync"] | components["schemas"]["EventFrame"] | components["schemas"]["CursorFrame"] | components["schemas"]["TypingFrame"] | components["schemas"]["WorkingFrame"] | components["schemas"]["ViewersFrame"] | components["schemas"]["PresenceFrame"] | components["schemas"]["Pong"] | components["schemas"]["Refused"];
        /** SessionInput */
        SessionInput: {
            token?: string | null;
        };
        /**
         * SessionsRevoked
         * @description These sessions of a user ended; sockets that they opened must close.
         */
        SessionsRevoked: {
            organization_id: number;
            session_ids: number[];
            /** @enum {unknown} */
            type: "member.sessions_revoked";
            user_id: number;
        };
        /** SessionView */
        SessionView: {
            address: string;
            /** Format: date-time */
            created_at: string;
            current: boolean;
            id: number;
            /** Format: date-time */
            last_seen_at: string;
            user_agent: string;
        };
        /**
         * SetPresence
         * @description Staff: whether this device is left alone; an agent is away when all of them are. From the first on, `presence` is told back.
         */
        SetPresence: {
            /** @default false */
            away: boolean;
            /** @enum {unknown} */
            op: "presence";
        };
        /**
         * SetTyping
         * @description At most one per 3 s counts; it lapses after 6 s by itself. `note`: into a note, told to staff alone.
         */
        SetTyping: {
            /** @default true */
            active: boolean;
            conversation: number | string;
            /** @default false */
            note: boolean;
            /** @enum {unknown} */
            op: "typing";
        };
        /**
         * SetView
         * @description Staff: the conversation on screen, or none.
         */
        SetView: {
            /** @default null */
            conversation: number | null;
            /** @enum {unknown} */
            op: "view";
        };
        /** Share */
        Share: {
            n: number;
            reviewed: number;
            right: number;
        };
        /** ShipmentView */
        ShipmentView: {
            /** Format: date-time */
            at: string;
            carrier: string;
            status: string;
            tracking_number: string;
            tracking_url: string;
        };
        /** Side */
        Side: {
            confidence: number | null;
            draft: string;
            /** @enum {string} */
            outcome: "answered" | "asked_back" | "handed_over";
            reason: string;
            title: string;
            /** @default  */
            trouble: string;
        };
        /** SignalInput */
        SignalInput: {
            contact_id: number;
            facts?: {
                [key: string]: unknown;
            };
            /** @default  */
            key: string;
            name: string;
        };
        /** SigningInput */
        SigningInput: {
            is_on: boolean;
        };
        /** SigningKeyView */
        SigningKeyView: {
            /** Format: date-time */
            created_at: string;
            is_on: boolean;
            name: string;
            value: string;
        };
        /** SigningView */
        SigningView: {
            domain: string;
            key: components["schemas"]["SigningKeyView"] | null;
        };
        /** SignUpInput */
        SignUpInput: {
            /** @description In ASCII. */
            email: string;
            name: string;
            organization_name: string;
            /** @description At least 10 characters. */
            password: string;
        };
        /** SimulatedCount */
        SimulatedCount: {
            /** @default 0 */
            arrived: number;
            branches?: {
                [key: string]: number;
            };
            outcomes?: {
                [key: string]: number;
            };
            step_id: string;
            title: string;
            type: string;
            /** @default 0 */
            waiting: number;
        };
        /** SimulatedRun */
        SimulatedRun: {
            contact: string;
            contact_id: number;
            detail: string;
            due_at: string | null;
            ended_at: string | null;
            /** Format: date-time */
            entered_at: string;
            entry_key: string;
            reason: string;
            said?: components["schemas"]["Explained"] | null;
            status: ("active" | "completed" | "exited") | "refused";
            step_id: string;
            steps: components["schemas"]["SimulatedStep"][];
        };
        /** SimulatedStep */
        SimulatedStep: {
            /** Format: date-time */
            arrived_at: string;
            /** Format: date-time */
            at: string;
            branch: string;
            detail: string;
            said?: components["schemas"]["Explained"] | null;
            /** @enum {string} */
            status: "passed" | "begun" | "again" | "done" | "skipped" | "failed" | "uncertain";
            step_id: string;
            title: string;
            type: string;
        };
        /** SimulateInput */
        SimulateInput: {
            compare_to?: number | null;
            contact_ids?: number[];
            /** @default 7 */
            days: number;
            definition?: {
                [key: string]: unknown;
            } | unknown[] | null;
            events?: components["schemas"]["PastEvent"][] | null;
            until?: string | null;
            version?: number | null;
        };
        /** Simulation */
        Simulation: {
            active: number;
            comparison: components["schemas"]["Comparison"] | null;
            contact_count: number;
            ended: {
                [key: string]: number;
            };
            entered: number;
            event_count: number;
            is_complete: boolean;
            notes: ("now_alone" | "unknown_trigger" | "void_unseen" | "unseen" | "part")[];
            refused: {
                [key: string]: number;
            };
            runs: components["schemas"]["SimulatedRun"][];
            /** Format: date-time */
            since: string;
            steps: components["schemas"]["SimulatedCount"][];
            /** Format: date-time */
            until: string;
            walked_count: number;
        };
        /** SkippedView */
        SkippedView: {
            count: number;
            detail: string;
            lines: number[];
            /** @enum {string} */
            reason: "no_address" | "bad_address" | "bad_value" | "twice_in_file" | "plan_limit";
        };
        /** SkipReport */
        SkipReport: {
            count: number;
            reason: string;
            words: string;
        };
        /** SlowDomain */
        SlowDomain: {
            domain: string;
            held_until: string | null;
            per_hour: number | null;
            said: string;
        };
        /** SmtpServerInput */
        SmtpServerInput: {
            host: string;
            password?: string;
            port: number;
            /** @enum {string} */
            security: "starttls" | "tls" | "none";
            /** @default  */
            username: string;
        };
        /** SmtpServerView */
        SmtpServerView: {
            has_password: boolean;
            host: string;
            port: number;
            /** @enum {string} */
            security: "starttls" | "tls" | "none";
            username: string;
        };
        /** SmtpTest */
        SmtpTest: {
            code: ("works" | "sent") | ("name_unknown" | "address_refused" | "plain_refused" | "unreachable" | "timed_out" | "hung_up" | "not_tls" | "certificate_name" | "certificate_invalid" | "no_starttls" | "no_auth" | "password_refused" | "refused" | "sealed");
            detail: string;
            recipient: string;
            said: string;
            tls: string;
        };
        /** SmtpTestInput */
        SmtpTestInput: {
            /** @default false */
            send: boolean;
            server?: components["schemas"]["SmtpServerInput"] | null;
        };
        /** SnoozeInput */
        SnoozeInput: {
            /** @description Seconds to wait. */
            wait_s: number;
        };
        /** Source */
        Source: {
            number: number;
            quote: string;
            slug: string;
            title: string;
            /** @default  */
            url: string;
        };
        /** SourceChanges */
        SourceChanges: {
            audience?: "public" | "internal";
            category?: string;
            /** @description Two or three small letters (ISO 639), as in `de`; empty: any, or unknown. */
            language?: string;
            /** @description Read again after so many hours; 0: never by itself. */
            refresh_hours?: number;
        };
        /** SourceDeleted */
        SourceDeleted: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            source_id: number;
            /** @enum {unknown} */
            type: "source.deleted";
        };
        /**
         * SourceSaved
         * @description A source was added, or its reading went on, stopped or ended.
         */
        SourceSaved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            source: components["schemas"]["SourceView"];
            /** @enum {unknown} */
            type: "source.saved";
        };
        /** SourceView */
        SourceView: {
            address: string;
            /** @enum {string} */
            audience: "public" | "internal";
            category: string;
            /** Format: date-time */
            created_at: string;
            current: string;
            documents: number;
            done: number;
            failed: number;
            finished_at: string | null;
            found: number;
            id: number;
            /** @enum {string} */
            kind: "file" | "website";
            language: string;
            name: string;
            next_at: string | null;
            refresh_hours: number;
            run: number;
            skipped: number;
            /** @enum {string} */
            status: "waiting" | "reading" | "ready" | "stopped" | "failed";
            trouble: string;
        };
        /** SpacerBlock */
        SpacerBlock: {
            /** @default 24 */
            height: number;
            /** @constant */
            type: "spacer";
        };
        /** StaffStatus */
        StaffStatus: {
            id: number;
            /** @enum {unknown} */
            status: "away" | "offline" | "online";
        };
        /** StartInput */
        StartInput: {
            client_id: string;
            contact_id: number;
            content: string;
            files?: string[];
            inbox_id: number;
            /** @default  */
            subject: string;
        };
        /** Stats */
        Stats: {
            figures: components["schemas"]["Figure"][];
            /** @enum {string} */
            scope: "organization" | "own";
        };
        /** StepChoice */
        StepChoice: {
            /** @enum {string} */
            choice: "pin" | "follow" | "map" | "exit";
            step_id: string;
            to?: string | null;
            version: number;
        };
        /** StepHeads */
        StepHeads: {
            active: number;
            exists: boolean;
            same_type: boolean;
            step_id: string;
            /** @enum {null|string} */
            suggested?: "pin" | "follow" | "map" | "exit" | null;
            title: string;
            type: string;
            version: number;
        };
        /** StepInfo */
        StepInfo: {
            acts: boolean;
            branches: string[];
            config?: {
                [key: string]: unknown;
            };
            name: string;
            reaches: boolean;
            title: string;
        };
        /** StepMail */
        StepMail: {
            clicks: number;
            clicks_by_people: number;
            id: number;
            opens: number;
            opens_by_people: number;
            reason: string;
            settled_at: string | null;
            state: string;
        };
        /** StepOverdue */
        StepOverdue: {
            active: number;
            overdue: number;
            step_id: string;
            title: string;
            version: number;
        };
        /** StepTaken */
        StepTaken: {
            /** Format: date-time */
            at: string;
            attempt: number;
            branch: string;
            detail: string;
            kind: string;
            mail?: components["schemas"]["StepMail"] | null;
            said?: components["schemas"]["Explained"] | null;
            /** @enum {string} */
            status: "passed" | "begun" | "again" | "done" | "skipped" | "failed" | "uncertain";
            step_id: string;
        };
        /** SubjectInput */
        SubjectInput: {
            subject: string;
        };
        /**
         * Subscribe
         * @description Go live after `cursor`: what was missed is replayed first. Without a cursor: from now on.
         */
        Subscribe: {
            /** @default null */
            cursor: string | null;
            /** @enum {unknown} */
            op: "subscribe";
        };
        /** Suggestion */
        Suggestion: {
            article_changed: boolean;
            receipt: components["schemas"]["Receipt"];
            reviewable: boolean;
            text: string;
        };
        /** SuggestionView */
        SuggestionView: {
            suggestion: components["schemas"]["Suggestion"] | null;
        };
        /**
         * SuppressionChanged
         * @description A reason why an address gets no mail was found, or fell away (`is_active` false).
         */
        SuppressionChanged: {
            address_id: number;
            by: components["schemas"]["ActorRef"];
            contact_ids: number[];
            is_active: boolean;
            organization_id: number;
            /** @enum {unknown} */
            reason: "bounced" | "complained" | "imported" | "manual" | "unsubscribed";
            /** @enum {unknown} */
            type: "suppression.changed";
        };
        /** SuppressionInput */
        SuppressionInput: {
            /** @description In ASCII. */
            address: string;
            /** @description How you know, for the record. */
            why: string;
        };
        /** SuppressionPage */
        SuppressionPage: {
            items: components["schemas"]["SuppressionView"][];
            next: string | null;
        };
        /** SuppressionView */
        SuppressionView: {
            address: string;
            by_name: string | null;
            /** Format: date-time */
            created_at: string;
            evidence: {
                [key: string]: unknown;
            };
            id: number;
            /** @enum {string} */
            reason: "bounced" | "complained" | "manual" | "unsubscribed" | "imported";
            /** @enum {string} */
            source: "staff" | "person" | "report" | "import";
        };
        /** SwitchInput */
        SwitchInput: {
            organization_id: number;
        };
        /** TableBlock */
        TableBlock: {
            columns: string[];
            rows: string[][];
            /** @constant */
            type: "table";
        };
        /** TableColumn */
        TableColumn: {
            formula: string;
            key: string;
            label: string;
            /** @enum {string} */
            unit: "conversations" | "messages" | "seconds" | "share" | "orders" | "mails" | "money" | "contacts";
        };
        /** TableRow */
        TableRow: {
            key: string;
            label: string;
            values: (number | null)[];
        };
        /** TagsInput */
        TagsInput: {
            add?: string[];
            remove?: string[];
        };
        /** Taken */
        Taken: {
            /** @enum {string} */
            result: "stored" | "known" | "ping";
        };
        /** TakenBack */
        TakenBack: {
            /** @default  */
            comment: string;
            conversation: components["schemas"]["ConversationView"];
            enclosed?: string[];
            forwards_id?: number | null;
            message: components["schemas"]["MessageView"];
            recipients: components["schemas"]["ChosenView"] | null;
        };
        /** Tally */
        Tally: {
            /** @default 0 */
            failed: number;
            /** @default 0 */
            queued: number;
            /** @default 0 */
            sending: number;
            /** @default 0 */
            sent: number;
            skipped?: {
                [key: string]: number;
            };
            /** @default 0 */
            uncertain: number;
        };
        /** TeamDeleted */
        TeamDeleted: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            team_id: number;
            /** @enum {unknown} */
            type: "team.deleted";
        };
        /** TeamInput */
        TeamInput: {
            member_ids?: number[];
            name: string;
        };
        /**
         * TeamSaved
         * @description A team was made or changed; who may see what may have changed with it.
         */
        TeamSaved: {
            by: components["schemas"]["ActorRef"];
            member_ids: number[];
            name: string;
            organization_id: number;
            team_id: number;
            /** @enum {unknown} */
            type: "team.saved";
        };
        /** TeamView */
        TeamView: {
            id: number;
            member_ids: number[];
            name: string;
        };
        /** TemplateChanges */
        TemplateChanges: {
            blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["ColumnsBlock"] | components["schemas"]["HtmlBlock"] | components["schemas"]["FooterBlock"])[];
            /** @description As in `de`; decides the direction. Empty: unknown. */
            language?: string;
            name?: string;
            preheader?: string;
            style?: components["schemas"]["TemplateStyle"];
            subject?: string;
            version: number;
        };
        /** TemplateCheck */
        TemplateCheck: {
            faults: components["schemas"]["Fault"][];
            hints: components["schemas"]["Hint"][];
        };
        /** TemplateDeleted */
        TemplateDeleted: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            template_id: number;
            /** @enum {unknown} */
            type: "template.deleted";
        };
        /** TemplateInput */
        TemplateInput: {
            blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["ColumnsBlock"] | components["schemas"]["HtmlBlock"] | components["schemas"]["FooterBlock"])[];
            /**
             * @description As in `de`; decides the direction. Empty: unknown.
             * @default
             */
            language: string;
            name: string;
            /** @default  */
            preheader: string;
            style?: components["schemas"]["TemplateStyle"];
            /** @default  */
            subject: string;
        };
        /** TemplatePage */
        TemplatePage: {
            items: components["schemas"]["TemplateSummary"][];
            next: string | null;
        };
        /** TemplatePreview */
        TemplatePreview: {
            hints: components["schemas"]["Hint"][];
            html: string;
            preheader: string;
            size: number;
            subject: string;
            text: string;
        };
        /** TemplateRestore */
        TemplateRestore: {
            version: number;
        };
        /** PreviewInput */
        templates_structs_PreviewInput: {
            contact_id?: number | null;
            content: components["schemas"]["Content"];
        };
        /**
         * TemplateSaved
         * @description A template was written or changed.
         */
        TemplateSaved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            template_id: number;
            /** @enum {unknown} */
            type: "template.saved";
            version: number;
        };
        /** TemplateStyle */
        TemplateStyle: {
            /** @default #2f6f5e */
            accent: string;
            /** @default #f4f4f5 */
            background: string;
            /** @default #18181b */
            color: string;
            /**
             * @default sans
             * @enum {string}
             */
            font: "sans" | "serif" | "mono";
            /** @default #ffffff */
            surface: string;
            /** @default 600 */
            width: number;
        };
        /** TemplateSummary */
        TemplateSummary: {
            id: number;
            language: string;
            name: string;
            subject: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** TemplateTest */
        TemplateTest: {
            code: "sent" | ("name_unknown" | "address_refused" | "plain_refused" | "unreachable" | "timed_out" | "hung_up" | "not_tls" | "certificate_name" | "certificate_invalid" | "no_starttls" | "no_auth" | "password_refused" | "refused" | "sealed");
            detail: string;
            left_out: string[];
            recipients: string[];
            said: string;
        };
        /** TemplateTestInput */
        TemplateTestInput: {
            contact_id?: number | null;
            inbox_id: number;
            to?: string[];
        };
        /** TemplateVersionSummary */
        TemplateVersionSummary: {
            author: string;
            /** Format: date-time */
            created_at: string;
            name: string;
            restored: number | null;
            subject: string;
            version: number;
        };
        /** TemplateVersionView */
        TemplateVersionView: {
            author: string;
            blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["ColumnsBlock"] | components["schemas"]["HtmlBlock"] | components["schemas"]["FooterBlock"])[];
            /** Format: date-time */
            created_at: string;
            language: string;
            name: string;
            preheader: string;
            restored: number | null;
            style: components["schemas"]["TemplateStyle"];
            subject: string;
            version: number;
        };
        /** TemplateView */
        TemplateView: {
            author_id: number | null;
            blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["ColumnsBlock"] | components["schemas"]["HtmlBlock"] | components["schemas"]["FooterBlock"])[];
            /** Format: date-time */
            created_at: string;
            id: number;
            language: string;
            name: string;
            preheader: string;
            style: components["schemas"]["TemplateStyle"];
            subject: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** TextBlock */
        TextBlock: {
            /**
             * @default start
             * @enum {string}
             */
            align: "start" | "center" | "end";
            text: string;
            /** @constant */
            type: "text";
        };
        /** ThreadPage */
        ThreadPage: {
            has_more: boolean;
            lines: components["schemas"]["TimelineView"][];
            messages: components["schemas"]["MessageView"][];
        };
        /** ThresholdBin */
        ThresholdBin: {
            high: number;
            low: number;
            n: number;
            right: number;
            wrong: number;
        };
        /** ThresholdCase */
        ThresholdCase: {
            confidence: number;
            conversation_id: number;
            /** Format: date-time */
            created_at: string;
            decision_id: number;
            draft: string;
            is_right: boolean | null;
            number: number;
            /** @enum {string} */
            outcome: "answered" | "clarified" | "handed_off" | "suggested" | "discarded";
            question: string;
        };
        /** ThresholdView */
        ThresholdView: {
            answered: components["schemas"]["Share"];
            asked: number;
            bins: components["schemas"]["ThresholdBin"][];
            cases: components["schemas"]["ThresholdCase"][];
            gained: number;
            held_back: components["schemas"]["Share"];
            hidden: number;
            in_force: number;
            lost: number;
            lower: number | null;
            n: number;
            precision: number | null;
            raised_to: number | null;
            since: string | null;
            value: number;
        };
        /** TicketView */
        TicketView: {
            expires_s: number;
            ticket: string;
        };
        /** Timeline */
        Timeline: {
            entries: components["schemas"]["TimelineEntry"][];
            /** @constant */
            type: "timeline";
        };
        /** TimelineEntry */
        TimelineEntry: {
            at: number;
            text: string;
        };
        /** TimelineView */
        TimelineView: {
            after_seq: number;
            by: components["schemas"]["ActorRef"];
            /** Format: date-time */
            created_at: string;
            data: {
                [key: string]: unknown;
            };
            id: number;
            kind: string;
        };
        /**
         * ToolCallSaved
         * @description A change was proposed, people decided on it, or it was carried out; `call.status` tells which.
         */
        ToolCallSaved: {
            call: components["schemas"]["ToolCallSummary"];
            organization_id: number;
            /** @enum {unknown} */
            type: "agent.tool_call_saved";
        };
        /**
         * ToolCallSummary
         * @description A call without its texts, as the event carries it.
         */
        ToolCallSummary: {
            conversation_id: number;
            id: number;
            /** @enum {unknown} */
            status: "approved" | "done" | "failed" | "proposed" | "rejected" | "withdrawn";
            title: string;
            tool: string;
        };
        /** ToolCallView */
        ToolCallView: {
            conversation_id: number;
            decided_at: string | null;
            decided_by: string;
            decision_id: number | null;
            ended_at: string | null;
            facts: components["schemas"]["Fact"][];
            id: number;
            preview: components["schemas"]["Fact"][];
            /** Format: date-time */
            proposed_at: string;
            roles: ("admin" | "user" | "agent")[];
            /** @enum {string} */
            status: "proposed" | "approved" | "rejected" | "withdrawn" | "done" | "failed";
            text: string;
            title: string;
            tool: string;
            trouble: string;
        };
        /** TopicChanges */
        TopicChanges: {
            description?: string;
            inbox_id?: number | null;
            is_archived?: boolean;
            is_public?: boolean;
            name?: string;
            opt_in?: "single" | "double";
            /** @description What people agree to; each change is a new version. */
            text?: string;
        };
        /** TopicInput */
        TopicInput: {
            /** @default  */
            description: string;
            inbox_id?: number | null;
            /** @default true */
            is_public: boolean;
            /**
             * @default marketing
             * @enum {string}
             */
            kind: "marketing" | "transactional";
            name: string;
            /**
             * @default double
             * @enum {string}
             */
            opt_in: "single" | "double";
            /**
             * @description What people agree to; each change is a new version.
             * @default
             */
            text: string;
        };
        /** TopicSaved */
        TopicSaved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            topic_id: number;
            /** @enum {unknown} */
            type: "topic.saved";
        };
        /** TopicTextView */
        TopicTextView: {
            /** Format: date-time */
            created_at: string;
            text: string;
            version: number;
        };
        /** TopicView */
        TopicView: {
            archived_at: string | null;
            /** Format: date-time */
            created_at: string;
            description: string;
            /** @default  */
            form: string;
            id: number;
            inbox_id: number | null;
            is_public: boolean;
            /** @enum {string} */
            kind: "marketing" | "transactional";
            name: string;
            /** @enum {string} */
            opt_in: "single" | "double";
            text: string;
            text_version: number;
        };
        /** ToReview */
        ToReview: {
            number: number;
            receipt: components["schemas"]["Receipt"];
            subject: string;
            unsure: boolean;
        };
        /** TrainingInput */
        TrainingInput: {
            allowed: boolean;
        };
        /** TrainingView */
        TrainingView: {
            allowed: boolean;
            decided_at: string | null;
            decided_by: string;
            edited: number;
            left_out: components["schemas"]["LeftOutCount"][];
            lines: number;
            most: number;
            objections: components["schemas"]["ObjectionView"][];
        };
        /** TriggerInfo */
        TriggerInfo: {
            config?: {
                [key: string]: unknown;
            };
            event: string;
            name: string;
            title: string;
        };
        /** TuningPage */
        TuningPage: {
            base_model: string;
            fresh: number;
            has_provider: boolean;
            least: number;
            minimum: number;
            runs: components["schemas"]["TuningView"][];
            scheduled: boolean;
        };
        /** TuningView */
        TuningView: {
            /** @enum {string} */
            at_provider: "" | "asking" | "cancelled" | "succeeded" | "failed" | "unreached";
            base_model: string;
            cancelling: boolean;
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
            id: number;
            lines: number;
            model: string;
            provider_says: string;
            started_by: string;
            /** @enum {string} */
            status: "preparing" | "training" | "succeeded" | "failed" | "cancelled";
            trouble: string;
        };
        /** Turn */
        Turn: {
            at?: string | null;
            /** @default  */
            branch: string;
            /** @enum {string} */
            kind: "absent" | "refused" | "enters" | "takes" | "waits" | "ends";
            /** @default  */
            reason: string;
            /** @default  */
            status: string;
            /** @default  */
            step_id: string;
            /** @default  */
            type: string;
        };
        /**
         * TypingFrame
         * @description Somebody types (or stopped); forget it after `expires_s` without another frame.
         */
        TypingFrame: {
            active: boolean;
            conversation: number | string;
            expires_s: number;
            note: boolean;
            /** @enum {unknown} */
            op: "typing";
            who: components["schemas"]["Person"];
        };
        /** UsageDay */
        UsageDay: {
            calls: number;
            cost: number;
            day: string;
            model: string;
            tokens_in: number;
            tokens_out: number;
        };
        /** UserInput */
        UserInput: {
            /** @description In ASCII. */
            email: string;
            name: string;
            /** @enum {string} */
            role: "admin" | "user" | "agent";
        };
        /** UserView */
        UserView: {
            email: string;
            id: number;
            /** Format: date-time */
            joined_at: string;
            last_signed_in: string | null;
            name: string;
            /** @enum {string} */
            role: "admin" | "user" | "agent";
        };
        /** VariantReport */
        VariantReport: {
            clicked: components["schemas"]["MailShare"];
            delivered: number;
            name: string;
            opened: components["schemas"]["MailShare"];
            sent: number;
            subject: string;
            template_id: number;
            template_name: string;
            unsubscribed: number;
            weight: number;
        };
        /** VersionSummary */
        VersionSummary: {
            /** @enum {string} */
            audience: "public" | "internal";
            author: string;
            changed: string[];
            /** Format: date-time */
            created_at: string;
            restored: number | null;
            /** @enum {string} */
            status: "draft" | "published";
            title: string;
            version: number;
        };
        /** VersionView */
        VersionView: {
            /** @enum {string} */
            audience: "public" | "internal";
            author: string;
            body: string;
            category: string;
            changed: string[];
            /** Format: date-time */
            created_at: string;
            /** @enum {string} */
            kind: "article" | "snippet";
            language: string;
            restored: number | null;
            /** @enum {string} */
            status: "draft" | "published";
            title: string;
            version: number;
        };
        /**
         * ViewersFrame
         * @description Which agents have this conversation on screen; the whole list, to staff alone.
         */
        ViewersFrame: {
            conversation: number;
            /** @enum {unknown} */
            op: "viewers";
            viewers: components["schemas"]["Person"][];
        };
        /** VisitorConversation */
        VisitorConversation: {
            /** @enum {string} */
            handler: "ai" | "human";
            /** Format: date-time */
            last_activity_at: string;
            last_seq: number;
            read_seq: number;
            /** @enum {string} */
            status: "open" | "pending" | "resolved" | "closed";
            subject: string;
            token: string;
            version: number;
        };
        /**
         * VisitorConversationChanged
         * @description The one form in which a visitor hears of any change to his conversation.
         */
        VisitorConversationChanged: {
            conversation: components["schemas"]["VisitorConversation"];
            /** @enum {unknown} */
            type: "conversation.changed";
        };
        /** VisitorConversations */
        VisitorConversations: {
            items: components["schemas"]["VisitorConversation"][];
            live_cursor: string;
        };
        VisitorEvent: components["schemas"]["VisitorMessageCreated"] | components["schemas"]["VisitorConversationChanged"];
        /** VisitorMessage */
        VisitorMessage: {
            client_id: string | null;
            content: string;
            /** Format: date-time */
            created_at: string;
            files: components["schemas"]["FileView"][];
            sender_name: string;
            /** @enum {string} */
            sender_type: "user" | "contact" | "ai";
            seq: number;
            sources: components["schemas"]["Source"][];
        };
        /** VisitorMessageCreated */
        VisitorMessageCreated: {
            conversation: components["schemas"]["VisitorConversation"];
            message: components["schemas"]["VisitorMessage"];
            /** @enum {unknown} */
            type: "message.created";
        };
        /** VisitorMessageInput */
        VisitorMessageInput: {
            client_id: string;
            /**
             * @description Markdown subset; no HTML.
             * @default
             */
            content: string;
            conversation?: string | null;
            files?: string[];
        };
        /** VisitorSent */
        VisitorSent: {
            conversation: components["schemas"]["VisitorConversation"];
            message: components["schemas"]["VisitorMessage"];
        };
        /** VisitorSession */
        VisitorSession: {
            config: components["schemas"]["WidgetConfig"];
            email: string | null;
            known: boolean;
            name: string;
            token: string;
        };
        /** VisitorThread */
        VisitorThread: {
            conversation: components["schemas"]["VisitorConversation"];
            has_more: boolean;
            messages: components["schemas"]["VisitorMessage"][];
        };
        /** WebsiteInput */
        WebsiteInput: {
            address: string;
            /**
             * @default internal
             * @enum {string}
             */
            audience: "public" | "internal";
            /** @default  */
            category: string;
            /**
             * @description Two or three small letters (ISO 639), as in `de`; empty: any, or unknown.
             * @default
             */
            language: string;
            /**
             * @description Read again after so many hours; 0: never by itself.
             * @default 0
             */
            refresh_hours: number;
        };
        /** WholeMail */
        WholeMail: {
            address: string;
            always: boolean;
            defects: string[];
            headers: components["schemas"]["HeaderView"][];
            loads_images: boolean;
            page: string;
            remote_images: number;
            text: string;
        };
        /** WidgetConfig */
        WidgetConfig: {
            accent_color: string;
            ai_enabled: boolean;
            greeting: string;
            inbox_name: string;
            organization_name: string;
            upload_max_bytes: number;
        };
        /** WorkflowActivated */
        WorkflowActivated: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.activated";
            workflow_id: number;
        };
        /** WorkflowChanges */
        WorkflowChanges: {
            definition?: {
                [key: string]: unknown;
            } | unknown[];
            description?: string;
            is_template?: boolean;
            name?: string;
            revision: number;
        };
        /**
         * WorkflowCompleted
         * @description `reason`: `end`, or `goal`.
         */
        WorkflowCompleted: {
            contact_id: number | null;
            enrollment_id: number;
            entry_key: string;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            type: "workflow.completed";
            workflow_id: number;
        };
        /** WorkflowEnrolled */
        WorkflowEnrolled: {
            contact_id: number | null;
            enrollment_id: number;
            entry_key: string;
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.enrolled";
            workflow_id: number;
        };
        /** WorkflowExited */
        WorkflowExited: {
            contact_id: number | null;
            enrollment_id: number;
            entry_key: string;
            organization_id: number;
            reason: string;
            /** @enum {unknown} */
            type: "workflow.exited";
            workflow_id: number;
        };
        /** WorkflowFigures */
        WorkflowFigures: {
            completed: number;
            entered: number;
            exited: number;
            is_least: boolean;
            workflow_id: number;
        };
        /** WorkflowInput */
        WorkflowInput: {
            client_id?: string | null;
            definition: {
                [key: string]: unknown;
            } | unknown[];
            /** @default  */
            description: string;
            /** @default false */
            is_template: boolean;
            name: string;
        };
        /** WorkflowPage */
        WorkflowPage: {
            items: components["schemas"]["WorkflowSummary"][];
            next: string | null;
        };
        /** WorkflowParts */
        WorkflowParts: {
            fields?: components["schemas"]["ReadableField"][];
            operators?: string[];
            steps: components["schemas"]["StepInfo"][];
            triggers: components["schemas"]["TriggerInfo"][];
        };
        /** WorkflowPaused */
        WorkflowPaused: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.paused";
            workflow_id: number;
        };
        /** WorkflowPublished */
        WorkflowPublished: {
            by: components["schemas"]["ActorRef"];
            number: number;
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.published";
            workflow_id: number;
        };
        /**
         * WorkflowResumed
         * @description `overdue`: what was chosen for those whose time came meanwhile.
         */
        WorkflowResumed: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            overdue: string;
            /** @enum {unknown} */
            type: "workflow.resumed";
            workflow_id: number;
        };
        /**
         * WorkflowSaved
         * @description It was made, or its draft changed.
         */
        WorkflowSaved: {
            by: components["schemas"]["ActorRef"];
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.saved";
            workflow_id: number;
        };
        /**
         * WorkflowSignalled
         * @description A program of the organization's own says that something happened to a contact. `key` tells such happenings apart.
         */
        WorkflowSignalled: {
            by: components["schemas"]["ActorRef"];
            contact_id: number;
            facts: Record<string, never>;
            key: string;
            name: string;
            organization_id: number;
            /** @enum {unknown} */
            type: "workflow.signalled";
        };
        /** WorkflowSummary */
        WorkflowSummary: {
            completed_count: number;
            /** Format: date-time */
            created_at: string;
            description: string;
            enrolled_count: number;
            exited_count: number;
            id: number;
            is_template: boolean;
            name: string;
            paused_at: string | null;
            revision: number;
            /** @enum {string} */
            status: "draft" | "active" | "paused";
            trigger_type: string;
            trouble: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /** WorkflowTemplate */
        WorkflowTemplate: {
            definition: {
                [key: string]: unknown;
            };
            description: string;
            key: string;
            name: string;
            problems: components["schemas"]["Problem"][];
            trigger_type: string;
        };
        /** WorkflowVersionView */
        WorkflowVersionView: {
            definition: {
                [key: string]: unknown;
            };
            plan: {
                [key: string]: unknown;
            }[];
            /** Format: date-time */
            published_at: string;
            published_by: number | null;
            version: number;
        };
        /** WorkflowView */
        WorkflowView: {
            completed_count: number;
            /** Format: date-time */
            created_at: string;
            definition: {
                [key: string]: unknown;
            };
            description: string;
            enrolled_count: number;
            exited_count: number;
            id: number;
            is_template: boolean;
            name: string;
            paused_at: string | null;
            problems?: components["schemas"]["Problem"][];
            revision: number;
            /** @enum {string} */
            status: "draft" | "active" | "paused";
            trigger_type: string;
            trouble: string;
            /** @default  */
            trouble_detail: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * WorkingFrame
         * @description The AI agent works on an answer, or has stopped; to staff alone. Forget it after `expires_s` without another frame.
         *
         *         `draft` is what it has written so far. It is about the conversation under `epoch`, its `handler_epoch`, and no other.
         */
        WorkingFrame: {
            active: boolean;
            conversation: number;
            draft: string;
            epoch: number;
            expires_s: number;
            /** @enum {unknown} */
            op: "working";
            /** @enum {unknown} */
            stage: "checking" | "searching" | "writing";
        };
        /** WritingEstimate */
        WritingEstimate: {
            decisions: number;
            left: number | null;
            questions: number;
            tokens_in: number;
            tokens_out: number;
        };
        /** WritingInput */
        WritingInput: {
            /** @default  */
            base_url: string;
            /** @default  */
            instructions: string;
            key?: string;
            /** @default 20 */
            last: number;
            name: string;
            /** @default 0 */
            price_in: number;
            /** @default 0 */
            price_out: number;
        };
        /** WrongRow */
        WrongRow: {
            detail: string;
            line: number;
            /** @enum {string} */
            reason: "no_address" | "bad_address" | "bad_value" | "twice_in_file" | "plan_limit";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Ability = components['schemas']['Ability'];
export type Accepted = components['schemas']['Accepted'];
export type AcceptInput = components['schemas']['AcceptInput'];
export type ActionInput = components['schemas']['ActionInput'];
export type ActiveCount = components['schemas']['ActiveCount'];
export type Activity = components['schemas']['Activity'];
export type ActorKind = components['schemas']['ActorKind'];
export type ActorRef = components['schemas']['ActorRef'];
export type AgentDecided = components['schemas']['AgentDecided'];
export type AgentReviewed = components['schemas']['AgentReviewed'];
export type AnalyticsSettings = components['schemas']['AnalyticsSettings'];
export type AnalyticsSettingsChange = components['schemas']['AnalyticsSettingsChange'];
export type ArticleChanges = components['schemas']['ArticleChanges'];
export type ArticleDeleted = components['schemas']['ArticleDeleted'];
export type ArticleFound = components['schemas']['ArticleFound'];
export type ArticleInput = components['schemas']['ArticleInput'];
export type ArticlePage = components['schemas']['ArticlePage'];
export type ArticleSaved = components['schemas']['ArticleSaved'];
export type ArticlesRecategorized = components['schemas']['ArticlesRecategorized'];
export type ArticleSummary = components['schemas']['ArticleSummary'];
export type ArticleView = components['schemas']['ArticleView'];
export type AskedForHuman = components['schemas']['AskedForHuman'];
export type AssignGapInput = components['schemas']['AssignGapInput'];
export type AssignInput = components['schemas']['AssignInput'];
export type AuditView = components['schemas']['AuditView'];
export type Authenticate = components['schemas']['Authenticate'];
export type Authenticated = components['schemas']['Authenticated'];
export type BeginInput = components['schemas']['BeginInput'];
export type Begun = components['schemas']['Begun'];
export type Bin = components['schemas']['Bin'];
export type BusyHours = components['schemas']['BusyHours'];
export type ButtonBlock = components['schemas']['ButtonBlock'];
export type ByLabel = components['schemas']['ByLabel'];
export type CalibrationView = components['schemas']['CalibrationView'];
export type CalibratorView = components['schemas']['CalibratorView'];
export type CampaignAudience = components['schemas']['CampaignAudience'];
export type CampaignAudienceView = components['schemas']['CampaignAudienceView'];
export type CampaignCanceled = components['schemas']['CampaignCanceled'];
export type CampaignChanges = components['schemas']['CampaignChanges'];
export type CampaignCopy = components['schemas']['CampaignCopy'];
export type CampaignDeleted = components['schemas']['CampaignDeleted'];
export type CampaignInput = components['schemas']['CampaignInput'];
export type CampaignMissed = components['schemas']['CampaignMissed'];
export type CampaignPage = components['schemas']['CampaignPage'];
export type CampaignPaused = components['schemas']['CampaignPaused'];
export type CampaignProblem = components['schemas']['CampaignProblem'];
export type CampaignProgress = components['schemas']['CampaignProgress'];
export type CampaignRecipient = components['schemas']['CampaignRecipient'];
export type CampaignRecipientPage = components['schemas']['CampaignRecipientPage'];
export type CampaignReport = components['schemas']['CampaignReport'];
export type CampaignResumed = components['schemas']['CampaignResumed'];
export type CampaignSaved = components['schemas']['CampaignSaved'];
export type CampaignSchedule = components['schemas']['CampaignSchedule'];
export type CampaignScheduled = components['schemas']['CampaignScheduled'];
export type CampaignSent = components['schemas']['CampaignSent'];
export type CampaignStart = components['schemas']['CampaignStart'];
export type CampaignStarted = components['schemas']['CampaignStarted'];
export type CampaignSummary = components['schemas']['CampaignSummary'];
export type CampaignTestInput = components['schemas']['CampaignTestInput'];
export type CampaignVariantInput = components['schemas']['CampaignVariantInput'];
export type CampaignVariantView = components['schemas']['CampaignVariantView'];
export type CampaignView = components['schemas']['CampaignView'];
export type Candidate = components['schemas']['Candidate'];
export type CartAbandoned = components['schemas']['CartAbandoned'];
export type CartView = components['schemas']['CartView'];
export type CategoryChange = components['schemas']['CategoryChange'];
export type CategoryCount = components['schemas']['CategoryCount'];
export type CheckedDefinition = components['schemas']['CheckedDefinition'];
export type CheckInput = components['schemas']['CheckInput'];
export type CheckResultView = components['schemas']['CheckResultView'];
export type ChecksView = components['schemas']['ChecksView'];
export type CheckView = components['schemas']['CheckView'];
export type ChoiceView = components['schemas']['ChoiceView'];
export type ChosenView = components['schemas']['ChosenView'];
export type ClauseView = components['schemas']['ClauseView'];
export type ClientFrame = components['schemas']['ClientFrame'];
export type Colleague = components['schemas']['Colleague'];
export type Column = components['schemas']['Column'];
export type ColumnsBlock = components['schemas']['ColumnsBlock'];
export type ColumnView = components['schemas']['ColumnView'];
export type Comparison = components['schemas']['Comparison'];
export type ComparisonReport = components['schemas']['ComparisonReport'];
export type Connected = components['schemas']['Connected'];
export type ConnectInput = components['schemas']['ConnectInput'];
export type ConsentStructsImportReport = components['schemas']['consent_structs_ImportReport'];
export type ConsentChanged = components['schemas']['ConsentChanged'];
export type ConsentEntryView = components['schemas']['ConsentEntryView'];
export type ConsentInput = components['schemas']['ConsentInput'];
export type ConsentView = components['schemas']['ConsentView'];
export type ContactChanges = components['schemas']['ContactChanges'];
export type ContactConsents = components['schemas']['ContactConsents'];
export type ContactCreated = components['schemas']['ContactCreated'];
export type ContactDeleted = components['schemas']['ContactDeleted'];
export type ContactInput = components['schemas']['ContactInput'];
export type ContactPage = components['schemas']['ContactPage'];
export type ContactUpdated = components['schemas']['ContactUpdated'];
export type ContactView = components['schemas']['ContactView'];
export type ContactWorkflow = components['schemas']['ContactWorkflow'];
export type Content = components['schemas']['Content'];
export type ContinuityInput = components['schemas']['ContinuityInput'];
export type ContinuityState = components['schemas']['ContinuityState'];
export type ContinuityView = components['schemas']['ContinuityView'];
export type ConversationAssigned = components['schemas']['ConversationAssigned'];
export type ConversationClosed = components['schemas']['ConversationClosed'];
export type ConversationCounts = components['schemas']['ConversationCounts'];
export type ConversationCreated = components['schemas']['ConversationCreated'];
export type ConversationHandedBack = components['schemas']['ConversationHandedBack'];
export type ConversationHandedOff = components['schemas']['ConversationHandedOff'];
export type ConversationPage = components['schemas']['ConversationPage'];
export type ConversationPrioritized = components['schemas']['ConversationPrioritized'];
export type ConversationRead = components['schemas']['ConversationRead'];
export type ConversationRenamed = components['schemas']['ConversationRenamed'];
export type ConversationReopened = components['schemas']['ConversationReopened'];
export type ConversationResolved = components['schemas']['ConversationResolved'];
export type ConversationSeen = components['schemas']['ConversationSeen'];
export type ConversationSnoozed = components['schemas']['ConversationSnoozed'];
export type ConversationTagged = components['schemas']['ConversationTagged'];
export type ConversationTakenOver = components['schemas']['ConversationTakenOver'];
export type ConversationView = components['schemas']['ConversationView'];
export type ConversationWoken = components['schemas']['ConversationWoken'];
export type CopilotAnswer = components['schemas']['CopilotAnswer'];
export type CopilotInput = components['schemas']['CopilotInput'];
export type CopilotState = components['schemas']['CopilotState'];
export type CopilotView = components['schemas']['CopilotView'];
export type CountInput = components['schemas']['CountInput'];
export type Counts = components['schemas']['Counts'];
export type CountView = components['schemas']['CountView'];
export type CursorFrame = components['schemas']['CursorFrame'];
export type DayCounts = components['schemas']['DayCounts'];
export type DeadEventView = components['schemas']['DeadEventView'];
export type DecisionSummary = components['schemas']['DecisionSummary'];
export type DeclaredInput = components['schemas']['DeclaredInput'];
export type DefinitionInput = components['schemas']['DefinitionInput'];
export type DeliveryPage = components['schemas']['DeliveryPage'];
export type DeliveryView = components['schemas']['DeliveryView'];
export type Divergence = components['schemas']['Divergence'];
export type DividerBlock = components['schemas']['DividerBlock'];
export type DraftImages = components['schemas']['DraftImages'];
export type DraftImagesInput = components['schemas']['DraftImagesInput'];
export type Drift = components['schemas']['Drift'];
export type EmailInboxInput = components['schemas']['EmailInboxInput'];
export type EmailInboxView = components['schemas']['EmailInboxView'];
export type Enrolled = components['schemas']['Enrolled'];
export type EnrollInput = components['schemas']['EnrollInput'];
export type EnrollmentHistory = components['schemas']['EnrollmentHistory'];
export type EnrollmentPage = components['schemas']['EnrollmentPage'];
export type EnrollmentView = components['schemas']['EnrollmentView'];
export type Entries = components['schemas']['Entries'];
export type Entry = components['schemas']['Entry'];
export type EntryRefusal = components['schemas']['EntryRefusal'];
export type EvaluationView = components['schemas']['EvaluationView'];
export type EventFrame = components['schemas']['EventFrame'];
export type Expiring = components['schemas']['Expiring'];
export type Explained = components['schemas']['Explained'];
export type ExplainInput = components['schemas']['ExplainInput'];
export type Explanation = components['schemas']['Explanation'];
export type Fact = components['schemas']['Fact'];
export type Facts = components['schemas']['Facts'];
export type Fault = components['schemas']['Fault'];
export type FieldView = components['schemas']['FieldView'];
export type Figure = components['schemas']['Figure'];
export type FileView = components['schemas']['FileView'];
export type FooterBlock = components['schemas']['FooterBlock'];
export type Forgetting = components['schemas']['Forgetting'];
export type ForwardInput = components['schemas']['ForwardInput'];
export type FoundConversation = components['schemas']['FoundConversation'];
export type FoundConversations = components['schemas']['FoundConversations'];
export type Funnel = components['schemas']['Funnel'];
export type GapArticle = components['schemas']['GapArticle'];
export type GapPage = components['schemas']['GapPage'];
export type GapQuestion = components['schemas']['GapQuestion'];
export type GapView = components['schemas']['GapView'];
export type HandoffInput = components['schemas']['HandoffInput'];
export type HeaderView = components['schemas']['HeaderView'];
export type HeadingBlock = components['schemas']['HeadingBlock'];
export type Hello = components['schemas']['Hello'];
export type Hint = components['schemas']['Hint'];
export type HtmlBlock = components['schemas']['HtmlBlock'];
export type ImageBlock = components['schemas']['ImageBlock'];
export type ImagesChoice = components['schemas']['ImagesChoice'];
export type ImagesInput = components['schemas']['ImagesInput'];
export type ImportInput = components['schemas']['ImportInput'];
export type ImportRow = components['schemas']['ImportRow'];
export type InboxAlert = components['schemas']['InboxAlert'];
export type InboxChanges = components['schemas']['InboxChanges'];
export type InboxInput = components['schemas']['InboxInput'];
export type InboxSaved = components['schemas']['InboxSaved'];
export type InboxView = components['schemas']['InboxView'];
export type IntegrationView = components['schemas']['IntegrationView'];
export type Item = components['schemas']['Item'];
export type JobCounts = components['schemas']['JobCounts'];
export type JobView = components['schemas']['JobView'];
export type KeyInput = components['schemas']['KeyInput'];
export type LearnedView = components['schemas']['LearnedView'];
export type LeftOutCount = components['schemas']['LeftOutCount'];
export type LetterInput = components['schemas']['LetterInput'];
export type LimitsInput = components['schemas']['LimitsInput'];
export type Link = components['schemas']['Link'];
export type LinkReport = components['schemas']['LinkReport'];
export type Links = components['schemas']['Links'];
export type ListedConversation = components['schemas']['ListedConversation'];
export type ListedOrder = components['schemas']['ListedOrder'];
export type Live = components['schemas']['Live'];
export type LoginInput = components['schemas']['LoginInput'];
export type MailboxInput = components['schemas']['MailboxInput'];
export type MailboxTest = components['schemas']['MailboxTest'];
export type MailboxView = components['schemas']['MailboxView'];
export type MailCounts = components['schemas']['MailCounts'];
export type MailInbox = components['schemas']['MailInbox'];
export type MailInboxView = components['schemas']['MailInboxView'];
export type MailingFinished = components['schemas']['MailingFinished'];
export type MailingProgress = components['schemas']['MailingProgress'];
export type MailingProgressed = components['schemas']['MailingProgressed'];
export type MailingReturned = components['schemas']['MailingReturned'];
export type MailingSettingsInput = components['schemas']['MailingSettingsInput'];
export type MailingSettingsView = components['schemas']['MailingSettingsView'];
export type MailingTouched = components['schemas']['MailingTouched'];
export type MailingView = components['schemas']['MailingView'];
export type MailPage = components['schemas']['MailPage'];
export type MailPreferenceInput = components['schemas']['MailPreferenceInput'];
export type MailPreferenceView = components['schemas']['MailPreferenceView'];
export type MailShare = components['schemas']['MailShare'];
export type MailView = components['schemas']['MailView'];
export type Mark = components['schemas']['Mark'];
export type Me = components['schemas']['Me'];
export type Measure = components['schemas']['Measure'];
export type MemberChanges = components['schemas']['MemberChanges'];
export type MemberRemoved = components['schemas']['MemberRemoved'];
export type MemberSaved = components['schemas']['MemberSaved'];
export type MembersChanged = components['schemas']['MembersChanged'];
export type MembershipView = components['schemas']['MembershipView'];
export type MergeFieldView = components['schemas']['MergeFieldView'];
export type MessageCreated = components['schemas']['MessageCreated'];
export type MessageMailView = components['schemas']['MessageMailView'];
export type MessageView = components['schemas']['MessageView'];
export type MessageWithdrawn = components['schemas']['MessageWithdrawn'];
export type ModelInput = components['schemas']['ModelInput'];
export type ModelView = components['schemas']['ModelView'];
export type MomentReport = components['schemas']['MomentReport'];
export type NewUser = components['schemas']['NewUser'];
export type NoteInput = components['schemas']['NoteInput'];
export type ObjectionView = components['schemas']['ObjectionView'];
export type OperatorView = components['schemas']['OperatorView'];
export type OrderActionChanged = components['schemas']['OrderActionChanged'];
export type OrderActionView = components['schemas']['OrderActionView'];
export type OrderChanged = components['schemas']['OrderChanged'];
export type OrderCreated = components['schemas']['OrderCreated'];
export type OrderDetails = components['schemas']['OrderDetails'];
export type OrderFulfilled = components['schemas']['OrderFulfilled'];
export type OrderPage = components['schemas']['OrderPage'];
export type OrderPaid = components['schemas']['OrderPaid'];
export type OrderRefunded = components['schemas']['OrderRefunded'];
export type OrderShipped = components['schemas']['OrderShipped'];
export type OrderView = components['schemas']['OrderView'];
export type OrganizationChanged = components['schemas']['OrganizationChanged'];
export type OrganizationChanges = components['schemas']['OrganizationChanges'];
export type OrganizationView = components['schemas']['OrganizationView'];
export type OutboundMailChanged = components['schemas']['OutboundMailChanged'];
export type Outcomes = components['schemas']['Outcomes'];
export type OutcomesOfDay = components['schemas']['OutcomesOfDay'];
export type OutcomesView = components['schemas']['OutcomesView'];
export type Overview = components['schemas']['Overview'];
export type PanelDocument = components['schemas']['PanelDocument'];
export type PanelView = components['schemas']['PanelView'];
export type PasswordInput = components['schemas']['PasswordInput'];
export type PastEvent = components['schemas']['PastEvent'];
export type Person = components['schemas']['Person'];
export type PersonInput = components['schemas']['PersonInput'];
export type PersonView = components['schemas']['PersonView'];
export type Ping = components['schemas']['Ping'];
export type PinInput = components['schemas']['PinInput'];
export type PinView = components['schemas']['PinView'];
export type PlanInput = components['schemas']['PlanInput'];
export type Plot = components['schemas']['Plot'];
export type Pong = components['schemas']['Pong'];
export type PresenceFrame = components['schemas']['PresenceFrame'];
export type PreviewPage = components['schemas']['PreviewPage'];
export type PriorityInput = components['schemas']['PriorityInput'];
export type Problem = components['schemas']['Problem'];
export type ProductItem = components['schemas']['ProductItem'];
export type ProductsBlock = components['schemas']['ProductsBlock'];
export type ProfileInput = components['schemas']['ProfileInput'];
export type PropertyView = components['schemas']['PropertyView'];
export type ProposalView = components['schemas']['ProposalView'];
export type PublicArticle = components['schemas']['PublicArticle'];
export type PublicHit = components['schemas']['PublicHit'];
export type PublishInput = components['schemas']['PublishInput'];
export type PublishPreview = components['schemas']['PublishPreview'];
export type QuestionInput = components['schemas']['QuestionInput'];
export type QuestionView = components['schemas']['QuestionView'];
export type ReadableField = components['schemas']['ReadableField'];
export type ReadingView = components['schemas']['ReadingView'];
export type ReadInput = components['schemas']['ReadInput'];
export type Recategorized = components['schemas']['Recategorized'];
export type Receipt = components['schemas']['Receipt'];
export type RecipientsInput = components['schemas']['RecipientsInput'];
export type RecipientsView = components['schemas']['RecipientsView'];
export type RecordCheck = components['schemas']['RecordCheck'];
export type RefundView = components['schemas']['RefundView'];
export type Refused = components['schemas']['Refused'];
export type RelatedView = components['schemas']['RelatedView'];
export type RemovalInput = components['schemas']['RemovalInput'];
export type ReplayCases = components['schemas']['ReplayCases'];
export type ReplayCaseView = components['schemas']['ReplayCaseView'];
export type ReplayInput = components['schemas']['ReplayInput'];
export type ReplayView = components['schemas']['ReplayView'];
export type ReplyInput = components['schemas']['ReplyInput'];
export type ReplyPage = components['schemas']['ReplyPage'];
export type ReplyView = components['schemas']['ReplyView'];
export type Report = components['schemas']['Report'];
export type ReportLine = components['schemas']['ReportLine'];
export type ReportPlot = components['schemas']['ReportPlot'];
export type ReportTable = components['schemas']['ReportTable'];
export type RestoreInput = components['schemas']['RestoreInput'];
export type ResumeInput = components['schemas']['ResumeInput'];
export type ResumePreview = components['schemas']['ResumePreview'];
export type Resync = components['schemas']['Resync'];
export type RevenueReport = components['schemas']['RevenueReport'];
export type ReviewInput = components['schemas']['ReviewInput'];
export type ReviewQueue = components['schemas']['ReviewQueue'];
export type ReviewSummary = components['schemas']['ReviewSummary'];
export type ReviewView = components['schemas']['ReviewView'];
export type RoleInput = components['schemas']['RoleInput'];
export type Said = components['schemas']['Said'];
export type SearchState = components['schemas']['SearchState'];
export type SegmentChanges = components['schemas']['SegmentChanges'];
export type SegmentDeleted = components['schemas']['SegmentDeleted'];
export type SegmentEntered = components['schemas']['SegmentEntered'];
export type SegmentInput = components['schemas']['SegmentInput'];
export type SegmentMembersChanged = components['schemas']['SegmentMembersChanged'];
export type SegmentPage = components['schemas']['SegmentPage'];
export type SegmentRef = components['schemas']['SegmentRef'];
export type SegmentsImportsStructsImportReport = components['schemas']['segments_imports_structs_ImportReport'];
export type SegmentsStructsPreviewInput = components['schemas']['segments_structs_PreviewInput'];
export type SegmentSaved = components['schemas']['SegmentSaved'];
export type SegmentSummary = components['schemas']['SegmentSummary'];
export type SegmentView = components['schemas']['SegmentView'];
export type SegmentWatch = components['schemas']['SegmentWatch'];
export type SendingView = components['schemas']['SendingView'];
export type Sent = components['schemas']['Sent'];
export type Series = components['schemas']['Series'];
export type ServerEvent = components['schemas']['ServerEvent'];
export type ServerFrame = components['schemas']['ServerFrame'];
export type SessionInput = components['schemas']['SessionInput'];
export type SessionsRevoked = components['schemas']['SessionsRevoked'];
export type SessionView = components['schemas']['SessionView'];
export type SetPresence = components['schemas']['SetPresence'];
export type SetTyping = components['schemas']['SetTyping'];
export type SetView = components['schemas']['SetView'];
export type Share = components['schemas']['Share'];
export type ShipmentView = components['schemas']['ShipmentView'];
export type Side = components['schemas']['Side'];
export type SignalInput = components['schemas']['SignalInput'];
export type SigningInput = components['schemas']['SigningInput'];
export type SigningKeyView = components['schemas']['SigningKeyView'];
export type SigningView = components['schemas']['SigningView'];
export type SignUpInput = components['schemas']['SignUpInput'];
export type SimulatedCount = components['schemas']['SimulatedCount'];
export type SimulatedRun = components['schemas']['SimulatedRun'];
export type SimulatedStep = components['schemas']['SimulatedStep'];
export type SimulateInput = components['schemas']['SimulateInput'];
export type Simulation = components['schemas']['Simulation'];
export type SkippedView = components['schemas']['SkippedView'];
export type SkipReport = components['schemas']['SkipReport'];
export type SlowDomain = components['schemas']['SlowDomain'];
export type SmtpServerInput = components['schemas']['SmtpServerInput'];
export type SmtpServerView = components['schemas']['SmtpServerView'];
export type SmtpTest = components['schemas']['SmtpTest'];
export type SmtpTestInput = components['schemas']['SmtpTestInput'];
export type SnoozeInput = components['schemas']['SnoozeInput'];
export type Source = components['schemas']['Source'];
export type SourceChanges = components['schemas']['SourceChanges'];
export type SourceDeleted = components['schemas']['SourceDeleted'];
export type SourceSaved = components['schemas']['SourceSaved'];
export type SourceView = components['schemas']['SourceView'];
export type SpacerBlock = components['schemas']['SpacerBlock'];
export type StaffStatus = components['schemas']['StaffStatus'];
export type StartInput = components['schemas']['StartInput'];
export type Stats = components['schemas']['Stats'];
export type StepChoice = components['schemas']['StepChoice'];
export type StepHeads = components['schemas']['StepHeads'];
export type StepInfo = components['schemas']['StepInfo'];
export type StepMail = components['schemas']['StepMail'];
export type StepOverdue = components['schemas']['StepOverdue'];
export type StepTaken = components['schemas']['StepTaken'];
export type SubjectInput = components['schemas']['SubjectInput'];
export type Subscribe = components['schemas']['Subscribe'];
export type Suggestion = components['schemas']['Suggestion'];
export type SuggestionView = components['schemas']['SuggestionView'];
export type SuppressionChanged = components['schemas']['SuppressionChanged'];
export type SuppressionInput = components['schemas']['SuppressionInput'];
export type SuppressionPage = components['schemas']['SuppressionPage'];
export type SuppressionView = components['schemas']['SuppressionView'];
export type SwitchInput = components['schemas']['SwitchInput'];
export type TableBlock = components['schemas']['TableBlock'];
export type TableColumn = components['schemas']['TableColumn'];
export type TableRow = components['schemas']['TableRow'];
export type TagsInput = components['schemas']['TagsInput'];
export type Taken = components['schemas']['Taken'];
export type TakenBack = components['schemas']['TakenBack'];
export type Tally = components['schemas']['Tally'];
export type TeamDeleted = components['schemas']['TeamDeleted'];
export type TeamInput = components['schemas']['TeamInput'];
export type TeamSaved = components['schemas']['TeamSaved'];
export type TeamView = components['schemas']['TeamView'];
export type TemplateChanges = components['schemas']['TemplateChanges'];
export type TemplateCheck = components['schemas']['TemplateCheck'];
export type TemplateDeleted = components['schemas']['TemplateDeleted'];
export type TemplateInput = components['schemas']['TemplateInput'];
export type TemplatePage = components['schemas']['TemplatePage'];
export type TemplatePreview = components['schemas']['TemplatePreview'];
export type TemplateRestore = components['schemas']['TemplateRestore'];
export type TemplatesStructsPreviewInput = components['schemas']['templates_structs_PreviewInput'];
export type TemplateSaved = components['schemas']['TemplateSaved'];
export type TemplateStyle = components['schemas']['TemplateStyle'];
export type TemplateSummary = components['schemas']['TemplateSummary'];
export type TemplateTest = components['schemas']['TemplateTest'];
export type TemplateTestInput = components['schemas']['TemplateTestInput'];
export type TemplateVersionSummary = components['schemas']['TemplateVersionSummary'];
export type TemplateVersionView = components['schemas']['TemplateVersionView'];
export type TemplateView = components['schemas']['TemplateView'];
export type TextBlock = components['schemas']['TextBlock'];
export type ThreadPage = components['schemas']['ThreadPage'];
export type ThresholdBin = components['schemas']['ThresholdBin'];
export type ThresholdCase = components['schemas']['ThresholdCase'];
export type ThresholdView = components['schemas']['ThresholdView'];
export type TicketView = components['schemas']['TicketView'];
export type Timeline = components['schemas']['Timeline'];
export type TimelineEntry = components['schemas']['TimelineEntry'];
export type TimelineView = components['schemas']['TimelineView'];
export type ToolCallSaved = components['schemas']['ToolCallSaved'];
export type ToolCallSummary = components['schemas']['ToolCallSummary'];
export type ToolCallView = components['schemas']['ToolCallView'];
export type TopicChanges = components['schemas']['TopicChanges'];
export type TopicInput = components['schemas']['TopicInput'];
export type TopicSaved = components['schemas']['TopicSaved'];
export type TopicTextView = components['schemas']['TopicTextView'];
export type TopicView = components['schemas']['TopicView'];
export type ToReview = components['schemas']['ToReview'];
export type TrainingInput = components['schemas']['TrainingInput'];
export type TrainingView = components['schemas']['TrainingView'];
export type TriggerInfo = components['schemas']['TriggerInfo'];
export type TuningPage = components['schemas']['TuningPage'];
export type TuningView = components['schemas']['TuningView'];
export type Turn = components['schemas']['Turn'];
export type TypingFrame = components['schemas']['TypingFrame'];
export type UsageDay = components['schemas']['UsageDay'];
export type UserInput = components['schemas']['UserInput'];
export type UserView = components['schemas']['UserView'];
export type VariantReport = components['schemas']['VariantReport'];
export type VersionSummary = components['schemas']['VersionSummary'];
export type VersionView = components['schemas']['VersionView'];
export type ViewersFrame = components['schemas']['ViewersFrame'];
export type VisitorConversation = components['schemas']['VisitorConversation'];
export type VisitorConversationChanged = components['schemas']['VisitorConversationChanged'];
export type VisitorConversations = components['schemas']['VisitorConversations'];
export type VisitorEvent = components['schemas']['VisitorEvent'];
export type VisitorMessage = components['schemas']['VisitorMessage'];
export type VisitorMessageCreated = components['schemas']['VisitorMessageCreated'];
export type VisitorMessageInput = components['schemas']['VisitorMessageInput'];
export type VisitorSent = components['schemas']['VisitorSent'];
export type VisitorSession = components['schemas']['VisitorSession'];
export type VisitorThread = components['schemas']['VisitorThread'];
export type WebsiteInput = components['schemas']['WebsiteInput'];
export type WholeMail = components['schemas']['WholeMail'];
export type WidgetConfig = components['schemas']['WidgetConfig'];
export type WorkflowActivated = components['schemas']['WorkflowActivated'];
export type WorkflowChanges = components['schemas']['WorkflowChanges'];
export type WorkflowCompleted = components['schemas']['WorkflowCompleted'];
export type WorkflowEnrolled = components['schemas']['WorkflowEnrolled'];
export type WorkflowExited = components['schemas']['WorkflowExited'];
export type WorkflowFigures = components['schemas']['WorkflowFigures'];
export type WorkflowInput = components['schemas']['WorkflowInput'];
export type WorkflowPage = components['schemas']['WorkflowPage'];
export type WorkflowParts = components['schemas']['WorkflowParts'];
export type WorkflowPaused = components['schemas']['WorkflowPaused'];
export type WorkflowPublished = components['schemas']['WorkflowPublished'];
export type WorkflowResumed = components['schemas']['WorkflowResumed'];
export type WorkflowSaved = components['schemas']['WorkflowSaved'];
export type WorkflowSignalled = components['schemas']['WorkflowSignalled'];
export type WorkflowSummary = components['schemas']['WorkflowSummary'];
export type WorkflowTemplate = components['schemas']['WorkflowTemplate'];
export type WorkflowVersionView = components['schemas']['WorkflowVersionView'];
export type WorkflowView = components['schemas']['WorkflowView'];
export type WorkingFrame = components['schemas']['WorkingFrame'];
export type WritingEstimate = components['schemas']['WritingEstimate'];
export type WritingInput = components['schemas']['WritingInput'];
export type WrongRow = components['schemas']['WrongRow'];
export type $defs = Record<string, never>;
export interface operations {
    get_calibration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationView"];
                };
            };
        };
    };
    pin_calibrator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    unpin_calibrator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_checks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecksView"];
                };
            };
        };
    };
    keep_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    drop_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                check_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    run_checks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    stop_checks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    review_decision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                decision_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    send_suggestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                decision_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    export_training: {
        parameters: {
            query?: {
                kind?: "chat" | "provenance";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_fine_tuning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TuningPage"];
                };
            };
        };
    };
    plan_fine_tuning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TuningPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    cancel_fine_tuning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    choose_fine_tuning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    start_fine_tuning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_gaps: {
        parameters: {
            query?: {
                kind?: "open" | "handled" | "dismissed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GapPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    write_gap_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gap_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    assign_gap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gap_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignGapInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    dismiss_gap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gap_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    reopen_gap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gap_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    find_gaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_ai_model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
        };
    };
    choose_ai_model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    try_ai_model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ai_outcomes: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomesView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ai_outcomes_panel: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelDocument"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_proposals: {
        parameters: {
            query?: {
                status?: "open" | "accepted" | "dismissed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    accept_proposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    dismiss_proposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proposal_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_replays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"][];
                };
            };
        };
    };
    start_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_replay_cases: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                kind?: "different" | "same" | "answers_gained" | "answers_lost" | "answers_changed" | "escalations_gained" | "escalations_lost";
                limit?: number;
            };
            header?: never;
            path: {
                replay_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayCases"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    resume_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                replay_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    stop_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                replay_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    replay_threshold: {
        parameters: {
            query?: {
                last?: number;
                /** @description None: the one in force. */
                value?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThresholdView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    estimate_writing_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WritingEstimate"];
                };
            };
        };
    };
    start_writing_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WritingInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_reviews: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewQueue"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_search_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchState"];
                };
            };
        };
    };
    approve_tool_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolCallView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    reject_tool_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolCallView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingView"];
                };
            };
        };
    };
    decide_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    object_to_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    withdraw_training_objection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_ai_usage: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageDay"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_overview: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_contact_panel: {
        parameters: {
            query: {
                contact_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelDocument"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_days_panel: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelDocument"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_rebuild: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsSettings"];
                };
            };
        };
    };
    analytics_report: {
        parameters: {
            query: {
                by?: "inbox" | "team" | "agent" | "tag" | "channel" | "mailing" | "workflow" | null;
                /** @description Which inbox, team, agent (their id), tag or channel. */
                key?: string;
                /** @description So many days up to `until`, where `since` is not given. */
                last?: number;
                name: "overview" | "helpdesk" | "ai" | "email" | "orders" | "workflows";
                /** @description A day of the organization's calendar; without `until`, today is the last. */
                since?: string | null;
                /** @description A day of the organization's calendar; without `until`, today is the last. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_report_csv: {
        parameters: {
            query: {
                by?: "inbox" | "team" | "agent" | "tag" | "channel" | "mailing" | "workflow" | null;
                /** @description Which inbox, team, agent (their id), tag or channel. */
                key?: string;
                /** @description So many days up to `until`, where `since` is not given. */
                last?: number;
                name: "overview" | "helpdesk" | "ai" | "email" | "orders" | "workflows";
                /** @description `numbers`, or the key of a plot or a table. */
                part?: string;
                /** @description A day of the organization's calendar; without `until`, today is the last. */
                since?: string | null;
                /** @description A day of the organization's calendar; without `until`, today is the last. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsSettings"];
                };
            };
        };
    };
    analytics_change_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnalyticsSettingsChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsSettings"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    analytics_retention_preview: {
        parameters: {
            query: {
                keep_days: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forgetting"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_articles: {
        parameters: {
            query?: {
                audience?: "public" | "internal" | null;
                /** @description Empty: articles that have none. */
                category?: string | null;
                /** @description `next` of the page before. */
                cursor?: string | null;
                kind?: "article" | "snippet" | "document" | null;
                limit?: number;
                q?: string | null;
                status?: "draft" | "published" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticlePage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_article: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    publish_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_article_questions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    add_article_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    change_article_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
                question_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_article_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
                question_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_article_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionSummary"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_article_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    restore_article_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    withdraw_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryCount"][];
                };
            };
        };
    };
    rename_category: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryChange"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recategorized"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"][];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    sign_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUpInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    switch_organization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
        };
    };
    list_campaigns: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                status?: "draft" | "scheduled" | "sending" | "paused" | "sent" | "canceled" | "missed" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    cancel_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    duplicate_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignCopy"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    export_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    pause_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_campaign_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignProgress"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_recipients: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                reason?: string | null;
                state?: "queued" | "sending" | "sent" | "failed" | "uncertain" | "skipped" | null;
            };
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignRecipientPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_campaign_replies: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_campaign_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignReport"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    resume_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    schedule_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignSchedule"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    start_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignStart"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    test_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignTestInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateTest"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    unschedule_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    preview_audience: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignAudience"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAudienceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    campaign_conversation_panel: {
        parameters: {
            query: {
                conversation_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelDocument"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_colleagues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Colleague"][];
                };
            };
        };
    };
    commerce_contact_panel: {
        parameters: {
            query: {
                contact_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelDocument"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConsents"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    save_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
                topic_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConsents"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                assignee_id?: number | null;
                contact_id?: number | null;
                /** @description `next` of the page before. */
                cursor?: string | null;
                inbox_id?: number | null;
                limit?: number;
                number?: number | null;
                sort?: "latest" | "oldest" | "waiting" | "priority";
                status?: "active" | "open" | "pending" | "snoozed" | "resolved" | "closed" | "any";
                tag?: string | null;
                team_id?: number | null;
                view?: "all" | "mine" | "unassigned" | "ai";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedConversation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    assign_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    close_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_conversation_continuity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuityState"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ask_copilot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CopilotInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopilotView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_decisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    hand_back_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_message_mails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageMailView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_thread: {
        parameters: {
            query?: {
                before_seq?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    prioritize_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriorityInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    read_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadInput"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_recipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientsView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    choose_recipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipientsInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    reopen_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    resolve_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    snooze_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnoozeInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    rename_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubjectInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_suggestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    tag_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagsInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    take_over_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_tool_calls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolCallView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    wake_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    count_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationCounts"];
                };
            };
        };
    };
    start_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_copilot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopilotState"];
                };
            };
        };
    };
    get_copilot_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopilotView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    find_articles: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleFound"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    dashboard_recent_activity: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    dashboard_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
        };
    };
    list_mail_alerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxAlert"][];
                };
            };
        };
    };
    sign_draft_images: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftImagesInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftImages"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_mail_inboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailInboxView"][];
                };
            };
        };
    };
    upload_file: {
        parameters: {
            query: {
                /** @description As on the sender's disk; cleaned before it is kept. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_inboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxView"][];
                };
            };
        };
    };
    create_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_continuity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuityView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    save_continuity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContinuityInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuityView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_email_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailInboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    connect_email: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailInboxInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailInboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mail_signing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    switch_mail_signing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SigningInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    make_mail_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_mail_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    check_mail_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordCheck"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    save_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailboxInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    test_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailboxInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxTest"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mailing_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailingSettingsView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    save_mailing_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailingSettingsInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailingSettingsView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_smtp_server: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendingView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    save_smtp_server: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmtpServerInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendingView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_smtp_server: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    test_smtp_server: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmtpTestInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmtpTest"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_mails: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
                state?: "received" | "threaded" | "created" | "ignored" | "quarantined" | null;
            };
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    write_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LetterInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    count_mails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailCounts"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_integrations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"][];
                };
            };
        };
    };
    connect_integration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connected"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    disconnect_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
                state?: "received" | "processed" | "ignored" | "failed" | null;
            };
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    rekey_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    limit_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitsInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    pause_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    rotate_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connected"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    sync_integration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    begin_integration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Begun"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    finish_shopify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirect Response */
            200: {
                headers: {
                    /** @description target path for the redirect */
                    location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
                /** @description A part of the job's name, in any case. */
                name?: string;
                status?: "queued" | "running" | "done" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    drop_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    count_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobCounts"];
                };
            };
        };
    };
    list_dead_events: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadEventView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    drop_event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    retry_event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mailing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mailing_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailingProgress"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    download_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    retry_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    forward_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForwardInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_message_mail: {
        parameters: {
            query?: {
                images?: boolean;
            };
            header?: never;
            path: {
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeMail"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    decide_mail_images: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImagesInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagesChoice"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    undo_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    repeat_order_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_action_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderActionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    approve_order_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_action_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderActionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    reject_order_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_action_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderActionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_orders: {
        parameters: {
            query?: {
                contact_id?: number | null;
                /** @description `next` of the page before. */
                cursor?: string | null;
                integration_id?: number | null;
                limit?: number;
                q?: string | null;
                state?: "unpaid" | "to_ship" | "fulfilled" | "refunded" | "cancelled" | "waiting" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_order_actions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderActionView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ask_order_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderActionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_order_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderDetails"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_organization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
        };
    };
    update_organization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_panels: {
        parameters: {
            query?: {
                place?: "contact" | "conversation" | "dashboard" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_mail_preference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPreferenceView"];
                };
            };
        };
    };
    set_mail_preference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailPreferenceInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPreferenceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_realtime_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    search_conversations: {
        parameters: {
            query: {
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundConversations"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_segments: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                kind?: "dynamic" | "static" | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_segment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_segment_contacts: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    explain_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    count_segment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    import_contacts: {
        parameters: {
            query?: {
                /** @description What each column is: email, first_name, last_name, phone, tags, custom.<name>, number.<name>, or empty: left out. Not given: guessed from the heading. */
                columns?: string[] | null;
                dry_run?: boolean;
                existing?: "keep" | "update";
            };
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["segments_imports_structs_ImportReport"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    change_segment_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                segment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembersChanged"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    count_tree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    explain_tree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_segment_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldView"][];
                };
            };
        };
    };
    preview_tree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["segments_structs_PreviewInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"][];
                };
            };
        };
    };
    remove_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    read_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    stop_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    add_knowledge_file: {
        parameters: {
            query: {
                audience?: "public" | "internal";
                category?: string;
                language?: string;
                /** @description Its ending says what it is. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    add_website: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebsiteInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_suppressions: {
        parameters: {
            query?: {
                /** @description The whole address, in any case. */
                address?: string | null;
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                reason?: "bounced" | "complained" | "manual" | "unsubscribed" | "imported" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressionPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_suppression: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuppressionInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_suppression: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                suppression_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemovalInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    import_suppressions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["consent_structs_ImportReport"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"][];
                };
            };
        };
    };
    create_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_templates: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_template: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    delete_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    check_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateCheck"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    preview_template: {
        parameters: {
            query?: {
                contact_id?: number | null;
            };
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    test_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateTestInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateTest"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_template_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateVersionSummary"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_template_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateVersionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    restore_template_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateRestore"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    check_content: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Content"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateCheck"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_merge_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeFieldView"][];
                };
            };
        };
    };
    preview_content: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["templates_structs_PreviewInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_topics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"][];
                };
            };
        };
    };
    create_topic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_topic_texts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicTextView"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"][];
                };
            };
        };
    };
    add_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    remove_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    search_help_center: {
        parameters: {
            query?: {
                q?: string | null;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicHit"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    read_help_center_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicArticle"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    declare_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclaredInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_own_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConversations"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    ask_for_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoffInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConversation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_own_thread: {
        parameters: {
            query?: {
                before_seq?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                key: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorThread"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    see_own_thread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConversation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    upload_visitor_file: {
        parameters: {
            query: {
                /** @description As on the sender's disk; cleaned before it is kept. */
                name: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    send_visitor_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitorMessageInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSent"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    open_visitor_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSession"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_workflows: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                status?: "draft" | "active" | "paused" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    create_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowInput"];
            };
        };
        responses: {
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    update_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowChanges"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    activate_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    enroll_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrollInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolled"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_enrollments: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string | null;
                limit?: number;
                status?: "active" | "completed" | "exited" | null;
                step_id?: string | null;
            };
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentPage"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    pause_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    preview_publish_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishPreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    publish_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    preview_resume_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResumePreview"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    resume_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    simulate_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_workflow_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowVersionView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_workflow_watch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentWatch"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_contact_workflows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactWorkflow"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    get_enrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enrollment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentHistory"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    exit_enrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enrollment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentView"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_workflow_figures: {
        parameters: {
            query?: {
                /** @description How many days back. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowFigures"][];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_workflow_parts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowParts"];
                };
            };
        };
    };
    signal_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignalInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    list_workflow_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowTemplate"][];
                };
            };
        };
    };
    validate_workflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DefinitionInput"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedDefinition"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    finish_woocommerce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
        };
    };
    download_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    take_mail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    get_mail_image: {
        parameters: {
            query: {
                of: string;
            };
            header?: never;
            path: {
                message_id: number;
                organization_id: number;
                signature: string;
                until: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
    take_webhook: {
        parameters: {
            query?: {
                /** @description The random part of the shop's address. */
                key?: string;
            };
            header?: never;
            path: {
                event: string;
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Bad request syntax or unsupported method */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        extra?: null | {
                            [key: string]: unknown;
                        } | unknown[];
                        status_code: number;
                    };
                };
            };
        };
    };
}
