//! Writing the logical structure into the file (ISO 32000-1, 14.7 and 14.8).

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::structure::{Child, Node, Role, Structure};

/// Writes the structure tree and returns its root.
///
/// Pages and annotations are told where they belong; `pages` and `annotations` are their objects in order.
pub(super) fn write(
    file: &mut lopdf::Document,
    structure: &Structure,
    pages: &[ObjectId],
    annotations: &[ObjectId],
) -> ObjectId {
    let root = file.new_object_id();
    let ids = structure.nodes.iter().map(|_| file.new_object_id()).collect::<Vec<_>>();
    for (node, id) in structure.nodes.iter().zip(&ids) {
        let parent = node.parent.map_or(root, |parent| ids[parent.0]);
        let element = element(node, parent, &ids, pages, annotations);
        file.set_object(*id, element);
    }
    let parent_tree = parent_tree(file, structure, &ids, pages, annotations);
    file.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => Object::Array(vec![Object::Reference(ids[0])]),
            "ParentTree" => parent_tree,
            "ParentTreeNextKey" => integer(pages.len() + annotations.len()),
        },
    );
    root
}

fn element(
    node: &Node,
    parent: ObjectId,
    ids: &[ObjectId],
    pages: &[ObjectId],
    annotations: &[ObjectId],
) -> Dictionary {
    // Content on the page that the element names is told by its number alone.
    let own_page = node.children.iter().find_map(|child| match child {
        Child::Content { page, .. } => Some(*page),
        Child::Node(_) | Child::Annotation { .. } => None,
    });
    let kids = node.children.iter().map(|child| match child {
        Child::Node(id) => Object::Reference(ids[id.0]),
        Child::Content { page, mark } if Some(*page) == own_page => integer(*mark),
        Child::Content { page, mark } => Object::Dictionary(dictionary! {
            "Type" => "MCR",
            "Pg" => pages[*page],
            "MCID" => integer(*mark),
        }),
        Child::Annotation { page, number } => Object::Dictionary(dictionary! {
            "Type" => "OBJR",
            "Pg" => pages[*page],
            "Obj" => annotations[*number],
        }),
    });
    let mut kids = kids.collect::<Vec<_>>();
    let kids = if kids.len() == 1 { kids.remove(0) } else { Object::Array(kids) };
    let mut element = dictionary! { "S" => Object::Name(name(node.role).into()), "P" => parent, "K" => kids };
    if let Some(page) = own_page {
        element.set("Pg", pages[page]);
    }
    if let Some(attributes) = attributes(node.role) {
        element.set("A", attributes);
    }
    if let Some(alternative) = &node.alternative {
        element.set("Alt", super::finish::text(alternative));
    }
    element
}

/// Returns the name of a role in the standard. The title takes the first level of headings.
fn name(role: Role) -> String {
    match role {
        Role::Document => "Document",
        Role::Title => "H1",
        Role::Heading(level) => return format!("H{}", level + 1),
        Role::Paragraph | Role::Note => "P",
        Role::Caption => "Caption",
        Role::List { .. } => "L",
        Role::ListItem => "LI",
        Role::ListLabel => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::HeaderCell => "TH",
        Role::Cell => "TD",
        Role::Figure => "Figure",
        Role::Contents => "TOC",
        Role::ContentsEntry => "TOCI",
        Role::Link => "Link",
    }
    .to_owned()
}

fn attributes(role: Role) -> Option<Dictionary> {
    match role {
        Role::HeaderCell => Some(dictionary! { "O" => "Table", "Scope" => "Column" }),
        Role::List { ordered } => {
            let numbering = if ordered { "Decimal" } else { "Disc" };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
        _ => None,
    }
}

/// Writes the way back from content to its node: by page and mark, then by annotation.
fn parent_tree(
    file: &mut lopdf::Document,
    structure: &Structure,
    ids: &[ObjectId],
    pages: &[ObjectId],
    annotations: &[ObjectId],
) -> ObjectId {
    let mut by_page = vec![Vec::new(); pages.len()];
    let mut by_annotation = vec![Object::Null; annotations.len()];
    for (node, id) in structure.nodes.iter().zip(ids) {
        for child in &node.children {
            match child {
                Child::Node(_) => {}
                Child::Content { page, mark } => {
                    let marks: &mut Vec<Object> = &mut by_page[*page];
                    if marks.len() <= *mark {
                        marks.resize(*mark + 1, Object::Null);
                    }
                    marks[*mark] = Object::Reference(*id);
                }
                Child::Annotation { number, .. } => by_annotation[*number] = Object::Reference(*id),
            }
        }
    }
    let mut numbers = Vec::new();
    for (number, marks) in by_page.into_iter().enumerate() {
        let marks = file.add_object(Object::Array(marks));
        numbers.extend([integer(number), Object::Reference(marks)]);
        add(file, pages[number], "StructParents", integer(number));
    }
    for (number, node) in by_annotation.into_iter().enumerate() {
        let key = integer(pages.len() + number);
        add(file, annotations[number], "StructParent", key.clone());
        numbers.extend([key, node]);
    }
    file.add_object(dictionary! { "Nums" => Object::Array(numbers) })
}

fn add(file: &mut lopdf::Document, object: ObjectId, key: &str, value: Object) {
    if let Ok(dictionary) = file.get_dictionary_mut(object) {
        dictionary.set(key, value);
    }
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
