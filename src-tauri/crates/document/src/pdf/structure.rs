//! The logical structure of the document: what a screen reader walks through.
//!
//! Blocks add nodes while they are laid out; painting then says which content on which page belongs to which node.
//! Writing it into the file is left to `tags`.

/// Names a node of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(pub(super) usize);

/// What a node is, in the words of the PDF standard (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Title,
    Heading(u8),
    Paragraph,
    Note,
    Caption,
    List { ordered: bool },
    ListItem,
    ListLabel,
    ListBody,
    Table,
    TableRow,
    HeaderCell,
    Cell,
    Figure,
    Contents,
    ContentsEntry,
    Link,
}

/// What a node holds, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    /// Another node.
    Node(NodeId),
    /// A marked stretch of a page.
    Content { page: usize, mark: usize },
    /// A link annotation, by its number in the document.
    Annotation { page: usize, number: usize },
}

/// A node of the structure.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) role: Role,
    pub(super) parent: Option<NodeId>,
    pub(super) children: Vec<Child>,
    /// Words for what cannot be read as text.
    pub(super) alternative: Option<String>,
    attached: bool,
}

/// The tree of all nodes.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) nodes: Vec<Node>,
}

/// The node that everything hangs below.
pub(super) const ROOT: NodeId = NodeId(0);

impl Structure {
    /// Makes a structure with nothing in the document.
    pub(super) fn new() -> Self {
        let root = Node { role: Role::Document, parent: None, children: Vec::new(), alternative: None, attached: true };
        Self { nodes: vec![root] }
    }

    /// Adds a node as the last child of `parent`.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.add_inside(parent, role);
        self.attach(id);
        id
    }

    /// Adds a node that takes its place among the content of `parent` when its own content is painted.
    pub(super) fn add_inside(&mut self, parent: NodeId, role: Role) -> NodeId {
        let parent = Some(parent);
        self.nodes.push(Node { role, parent, children: Vec::new(), alternative: None, attached: false });
        NodeId(self.nodes.len() - 1)
    }

    /// Appends content to a node.
    pub(super) fn append(&mut self, node: NodeId, child: Child) {
        self.attach(node);
        self.nodes[node.0].children.push(child);
    }

    fn attach(&mut self, id: NodeId) {
        let node = &mut self.nodes[id.0];
        if node.attached {
            return;
        }
        node.attached = true;
        if let Some(parent) = node.parent {
            self.nodes[parent.0].children.push(Child::Node(id));
        }
    }
}
